import Testing

@testable import Shell

@Suite struct ProcessArgumentsTests {
  #if os(Linux)
  /// What Swift reads in `/proc` lies on the stack, too.
  @Test func areFoundWithoutProc() {
    #expect(!CommandLine.arguments.isEmpty)
    #expect(ProcessArguments.initial == CommandLine.arguments)
  }
  #endif
}
