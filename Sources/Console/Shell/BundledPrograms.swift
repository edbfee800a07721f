import DataStreamAPI

/// The programs that the command can run by name.
///
/// Handed over by the executable, so that the commands do not wait for the programs to be compiled.
enum BundledPrograms {
  @TaskLocal static var catalogue = JobCatalogue()
}
