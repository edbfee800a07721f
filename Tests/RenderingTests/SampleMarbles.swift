import Rendering

/// Streams in event time, as lessons would show them.
enum SampleMarbles {
  /// Tumbling windows of five seconds that wait five more for what is late.
  static let tumbling = """
    a1@1000 a2@3000 |2000| a3@7000 |6000| {a[0,5000) = 2} a4@4000! {a[0,5000) = 3}
    a5@11000 |10000| {a[0,5000) cleared} {a[5000,10000) = 1} a6@2000!!
    |end| {a[5000,10000) cleared} {a[10000,15000) = 1} {a[10000,15000) cleared}
    """

  /// Ten minutes, with a watermark five minutes behind after each record.
  static let timeOfDay = """
    1@10:04 |09:58:59.999| 2@10:12 |10:06:59.999| 3@10:05! 4@10:16 |10:10:59.999|
    {[10:00,10:10) = 2} 5@10:09! {[10:00,10:10) = 3} 6@10:22 |10:16:59.999|
    {[10:00,10:10) cleared} 7@10:07!! {[10:10,10:20)} {[10:20,10:30)}
    """

  /// Two inputs: one falls silent, is declared idle, and comes back with a record that is too late.
  static let inputs = """
    jfk: a1@1000 |1000| ewr: b1@500 |500| ||500|| jfk: a2@3000 |3000| ewr: . ||3000||
    jfk: a3@6000 |6000| ||6000|| {a[0,5000) = 2} {a[0,5000) cleared} {b[0,5000) = 1}
    {b[0,5000) cleared} ewr: > b2@2000!! |6000| jfk: |end| ewr: |end| ||end||
    {a[5000,10000) = 1} {a[5000,10000) cleared}
    """

  /// Sessions with a gap of three seconds; a record brings two of them together.
  static let sessions = """
    a1@1000 {a[1000,4000)} a2@9000 {a[9000,12000)} a3@3500 {a[1000,4000) -> a[1000,6500)}
    a4@6000 {a[1000,6500) -> a[1000,12000)} {a[9000,12000) -> a[1000,12000)} b1@2000
    |13000| {a[1000,12000) = 4} {b[2000,5000) = 1}
    {a[1000,12000) cleared} {b[2000,5000) cleared}
    """

  /// Windows of six seconds each two seconds that wait ten more: a record is in three of them.
  static let sliding = """
    a1@1000 a2@2500 |3000| {a[-4000,2000) = 1} a3@5500 |6000| {a[-2000,4000) = 2}
    {a[0,6000) = 3} a4@3900! {a[0,6000) = 4} {a[-2000,4000) = 3} |8000| {a[2000,8000) = 3}
    |end| {a[4000,10000) = 1} {a[-4000,2000) cleared} {a[-2000,4000) cleared}
    {a[0,6000) cleared} {a[2000,8000) cleared} {a[4000,10000) cleared}
    """

  /// Windows of two records each, whatever their times.
  static let counts = """
    a1@1000 b1@2500 |2000| a2@3000 {a[#1] = 2} {a[#1] cleared} a3@6100 b2@500! {b[#1] = 2}
    a4@9000 {a[#2] = 2} {a[#1]: a1 a2} {a[#2]: a3 a4} {b[#1]: b1 b2}
    """

  /// More than a picture has room for.
  static var long: String {
    (0..<100).map { number in
      let record = "\(["a", "b", "c"][number % 3])\(number)@\(number * 700)"
      return number % 5 == 4 ? "\(record) |\(number * 700 - 2000)|" : record
    }
    .joined(separator: " ")
  }

  /// Names that are wide, long, or would give orders to a terminal.
  static let names = """
    松鼠/跑@1000 "a very long key"/"and its label"@2500 |2000| "🐿️"/7@900!
    {松鼠[0,5000) = "七个 squirrels and quite a lot of other animals, told at length"}
    松鼠/"\u{1B}[2J"@900!!
    """

  static let all: [(title: String, text: String)] = [
    ("tumbling windows", tumbling), ("time of day", timeOfDay), ("two inputs", inputs),
    ("sessions", sessions), ("sliding windows", sliding), ("windows by count", counts),
    ("more than there is room for", long), ("names", names), ("nothing", ""),
  ]
}
