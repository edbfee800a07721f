/// How the pictures look: the characters of every mark and sign, and the colours.
///
/// Whoever wants another look changes this file and no other. What a mark or a sign means is said
/// elsewhere: by ``Mark`` and ``Sign``, and by enumerations such as `TimelineSign`.
package enum Theme {
  /// A sign in both sets of characters, with its colour.
  struct Look: Sendable, Equatable {
    /// The sign in Unicode.
    let unicode: String
    /// The sign in plain ASCII.
    let ascii: String
    /// What its colour means.
    let ink: Ink

    init(_ unicode: String, _ ascii: String, _ ink: Ink) {
      (self.unicode, self.ascii, self.ink) = (unicode, ascii, ink)
    }
  }

  /// The look of a sign of the pictures of event time.
  static func look(of sign: Sign) -> Look {
    switch sign {
    case .onTime: Look("●", "o", .running)
    case .late: Look("◐", "!", .waiting)
    case .tooLate: Look("✗", "X", .failed)
    case .watermark: Look("┃", "|", .watermark)
    case .inputWatermark: Look("╎", ":", .watermark)
    case .corner: Look("┓", "+", .watermark)
    case .elbow: Look("┗", "+", .watermark)
    case .passage: Look("━", "=", .watermark)
    case .passed: Look("·", ".", .faint)
    case .lag: Look("╌", "-", .waiting)
    case .idleInput: Look("◌", "z", .waiting)
    case .activeInput: Look("▸", ">", .running)
    case .flow: Look("─", "-", .faint)
    case .idleFlow: Look(" ", " ", .faint)
    case .because: Look("╰", "`", .faint)
    case .becauseLeft: Look("╯", "'", .faint)
    case .stem: Look("│", ",", .faint)
    case .opening: Look("[", "[", .strong)
    case .closing: Look(")", ")", .strong)
    case .held: Look("━", "=", .running)
    case .cleared: Look("┄", "-", .faint)
    case .joined: Look("~", "~", .faint)
    case .member: Look("●", "o", .running)
    case .guide: Look("┊", "'", .faint)
    case .tick: Look("┴", "+", .faint)
    case .axis: Look("─", "-", .faint)
    case .earlier: Look("‹", "<", .faint)
    case .later: Look("›", ">", .faint)
    case .more: Look("→", ">", .faint)
    case .down: Look("↓", "v", .faint)
    }
  }

  /// A mark in Unicode and in plain ASCII; its colour depends on where it stands.
  static func characters(of mark: Mark) -> (unicode: String, ascii: String) {
    switch mark {
    case .horizontal, .spare: ("─", "-")
    case .vertical: ("│", "|")
    case .topLeft: ("╭", "+")
    case .topRight: ("╮", "+")
    case .bottomLeft, .lastLeaf: ("╰", "+")
    case .bottomRight: ("╯", "+")
    case .branch: ("├", "+")
    case .crossing: ("┼", "+")
    case .forkRight: ("┬", "+")
    case .arrow: ("▼", "v")
    case .node, .running: ("●", "*")
    case .ellipsis: ("…", "~")
    case .leaf: ("├", ":")
    case .waiting: ("○", "o")
    case .failed: ("✗", "X")
    case .finished: ("✓", "+")
    case .canceled: ("–", "-")
    case .barrier: ("▮", "|")
    case .snapshot, .gaugeFull: ("█", "#")
    case .saved: ("◆", "C")
    case .aborted: ("◇", "c")
    case .gaugeLight: ("░", "-")
    case .gaugeHalf: ("▒", "=")
    case .gaugeBack: ("◂", "<")
    case .to: ("→", ">")
    case .processing, .readOnce: ("━", "=")
    case .idle: ("·", ".")
    case .futile: ("×", "x")
    case .lossDeclared: ("!", "!")
    case .restored: ("↺", "R")
    case .ended, .slotTaken: ("■", "#")
    case .brokenConnection: ("↯", "%")
    case .used: ("═", "+")
    case .unnoticed: ("░", "?")
    case .stopped: ("‖", "\"")
    case .guess, .fact: ("▲", "^")
    case .readTwice: ("▒", "#")
    case .skipped: ("┄", "~")
    case .slotFree: ("□", "_")
    case .paused: ("‖", "=")
    case .promptMark: ("›", ">")
    case .question: ("?", "?")
    }
  }

  /// The number of the escape sequence that switches a colour on; nil for none.
  static func code(of ink: Ink) -> String? {
    switch ink {
    case .plain: nil
    case .strong: "1"
    case .faint: "2"
    case .running: "32"
    case .waiting: "33"
    case .failed: "31"
    case .checkpoint: "36"
    case .watermark: "35"
    }
  }
}
