import TestSupport
import Testing

@Suite struct DrawsTests {
  private let day = Draws([:])
  private let search = Draws(["SEARCH": "1"])

  @Test func drawsAHandfulByDayAndMoreInTheLongRun() {
    #expect(day.runs(byDay: 4, search: 90) == 4)
    #expect(search.runs(byDay: 4, search: 90) == 90)
    #expect(Draws(["SEARCH": ""]).runs(byDay: 4, search: 90) == 4)
    #expect(Draws(["SEARCH": "0"]).runs(byDay: 4, search: 90) == 4)
  }

  @Test(arguments: [("7", 7), ("0", 1), ("many", 4)])
  func takesANumberThatIsNamed(_ text: String, _ count: Int) {
    #expect(Draws(["DREY_SEARCH_RUNS": text]).runs(byDay: 4, search: 90) == count)
  }

  @Test func spreadsCasesFromTheFirstToTheLast() {
    #expect(day.cases(60...130, byDay: 3) == [60, 95, 130])
    #expect(day.cases(0..<10, byDay: 4) == [0, 3, 6, 9])
    #expect(day.cases([5, 6], byDay: 4) == [5, 6])
    #expect(day.cases(Array(0..<0), byDay: 4) == [])
    #expect(search.cases(60...130, byDay: 3) == Array(60...130))
  }
}
