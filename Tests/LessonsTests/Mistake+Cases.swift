extension Mistake {
  static let inTheFile: [Mistake] = [
    Mistake(
      "Wait until",
      "Wait\tuntil",
      "80: There is a tab; write spaces."
    ),
    Mistake(
      "Wait until",
      "Wait\u{1B}until",
      "80: There is a control character, U+001B; take it out."
    ),
    Mistake(
      "Wait until",
      String(repeating: "松", count: 51),
      "80: The line is 111 columns wide, and at most 100 are allowed here."
    ),
    Mistake(
      "a --> b",
      String(repeating: "x", count: 77),
      "19: The line is 77 columns wide, and at most 76 are allowed here."
    ),
    Mistake(
      "# Three",
      "# " + String(repeating: "x", count: 75),
      "23: The line is 87 columns wide, and at most 76 are allowed here."
    ),
    Mistake(
      "---\ntitle",
      "\n---\ntitle",
      "1: The lesson begins with no front matter: a line \"---\", its title and "
        + "so on, another \"---\"."
    ),
    Mistake(
      "## Check",
      "##Check",
      "78: A step's heading is \"## \" and a text."
    ),
    Mistake(
      "## Check",
      "##",
      "78: A step's heading is \"## \" and a text."
    ),
    Mistake(
      "## Check",
      "## Empty\n## Check",
      "78: The step \"Empty\" is empty."
    ),
    Mistake(
      "Wait until",
      "### Wait",
      "80: Only headings of steps, \"## …\", are allowed."
    ),
    Mistake(
      "Wait until",
      "1. Wait",
      "80: Lists have the mark \"- \" only, and no numbers."
    ),
    Mistake(
      "Wait until",
      "* Wait",
      "80: Lists have the mark \"- \" only, and no numbers."
    ),
    Mistake(
      "Wait until",
      "> Wait",
      "80: Quotations are not among the markup of lessons."
    ),
    Mistake(
      "Wait until",
      "| Wait",
      "80: Tables are not among the markup of lessons; draw one in a text "
        + "block."
    ),
    Mistake(
      "- two",
      "  - two",
      "16: A list has one level, and its marks stand at the start of the line."
    ),
    Mistake(
      "Wait until",
      "  ```do",
      "80: A block begins with three backticks at the start of a line."
    ),
  ]

  static let inBlocks: [Mistake] = [
    Mistake(
      "```do",
      "```od",
      "22: There is no block \"od\"; did you mean \"do\"?"
    ),
    Mistake(
      "```text",
      "```",
      "18: The block does not say what it is; write ```text for what is shown "
        + "as it stands."
    ),
    Mistake(
      "```predict",
      "```python",
      "30: There is no block \"python\"; there are text, do, predict, check, "
        + "hint."
    ),
    Mistake(
      "run word-count\n```",
      "run word-count",
      "22: The do block has no end; write a line of three backticks."
    ),
    Mistake(
      "4. d\n```",
      "4. d",
      "91: The hint block has no end; write a line of three backticks."
    ),
    Mistake(
      "## Deploy",
      "```do\nrun x\n```\n## Deploy",
      "13: A do block belongs to a step, and here is none yet; write a heading "
        + "\"## …\" first."
    ),
    Mistake(
      "deploy standalone",
      "depoly standalone",
      "24: The command \"depoly standalone --taskmanagers 3\" is wrong: write "
        + "deploy or run or kill."
    ),
    Mistake(
      "deploy standalone --taskmanagers 3   # one is to spare\nrun word-count",
      "",
      "22: The do block has no commands."
    ),
    Mistake(
      "```hint\n1. a\n2. b\n3. c\n4. d\n```",
      "",
      "78: The step \"Check\" asks or checks something and has no hint block."
    ),
    Mistake(
      "4. d\n```",
      "4. d\n```\n```hint\n1. a\n2. b\n3. c\n4. d\n```",
      "97: The step has a hint block already."
    ),
    Mistake(
      "4. d\n",
      "",
      "91: A hint block has four hints, numbered 1. to 4., and this one has 3."
    ),
    Mistake(
      "4. d\n",
      "4. d\n5. e\n",
      "91: A hint block has four hints, numbered 1. to 4., and this one has 5."
    ),
    Mistake(
      "4. d\n",
      "5. d\n",
      "95: The hint has the number 5, and 4 comes here."
    ),
    Mistake(
      "4. d\n",
      "four\n",
      "95: A hint begins with its number, as in \"1. …\"; the lines that "
        + "continue it are indented."
    ),
    Mistake(
      "4. d\n",
      "4.\n",
      "95: The hint says nothing."
    ),
  ]

  static let inYAML: [Mistake] = [
    Mistake(
      "title: Word count\n",
      "",
      "1: There is no \"title:\" in the front matter."
    ),
    Mistake(
      "seed: 7",
      "sed: 7",
      "1: There is no \"seed:\" in the front matter.",
      "7: There is no key \"sed\" in the front matter; did you mean \"seed\"?"
    ),
    Mistake(
      "seed: 7",
      "seed: 7\nlicence: none",
      "8: There is no key \"licence\" in the front matter; there are title, "
        + "summary, minutes, teaches, needs, seed."
    ),
    Mistake(
      "minutes: 10",
      "minutes: ten",
      "4: \"minutes:\" must be a whole number."
    ),
    Mistake(
      "minutes: 10",
      "minutes: 0",
      "4: A lesson takes 1 to 60 minutes, and this one says 0."
    ),
    Mistake(
      "seed: 7",
      "seed: -7",
      "7: \"seed:\" must be a whole number."
    ),
    Mistake(
      "teaches: [plan, job-graph]",
      "teaches: plan",
      "5: \"teaches:\" must be a list of names, such as [plan, job-graph]."
    ),
    Mistake(
      "teaches: [plan, job-graph]",
      "teaches: [plan, [x]]",
      "5: \"teaches:\" must be a list of names, such as [plan, job-graph]."
    ),
    Mistake(
      "[plan, job-graph]",
      "[plan, Job Graph]",
      "5: \"Job Graph\" is no name; a name has small letters, digits and "
        + "hyphens, and begins with a letter."
    ),
    Mistake(
      "[plan, job-graph]",
      "[plan, plan]",
      "5: \"plan\" is in \"teaches:\" twice."
    ),
    Mistake(
      "title: Word count",
      "title: [Word, count]",
      "2: \"title:\" must be a text."
    ),
    Mistake(
      "title: Word count",
      "title:",
      "2: \"title:\" is empty."
    ),
    Mistake(
      "title: Word count",
      "title: Word: count",
      "2: This is not YAML: mapping values are not allowed in this context. A "
        + "text with \": \" in it needs quotes."
    ),
    Mistake(
      "otherwise: No.\n",
      "otherwise: No: no.\n",
      "40: This is not YAML: mapping values are not allowed in this context. A "
        + "text with \": \" in it needs quotes."
    ),
    Mistake(
      "ask: Who notices first?",
      "ask: Who\nask: What",
      "45: The key \"ask\" is there twice."
    ),
    Mistake(
      "ask: Who notices first?",
      "ask: Who\n? [a]\n: b",
      "46: A key must be a text."
    ),
    Mistake(
      "ask: Who notices first?",
      "ask: Who\n---\nx: y",
      "46: This is not YAML: expected a single document in the stream but "
        + "found another document."
    ),
    Mistake(
      "all:\n",
      "",
      "84: This is not YAML: mapping values are not allowed in this context. A "
        + "text with \": \" in it needs quotes."
    ),
    Mistake(
      "id: recovered\nall:\n",
      "",
      "83: A check block is a mapping: optionally \"id:\", and \"all:\" before the "
        + "list."
    ),
    Mistake(
      "id: recovered\nall:",
      "id: recovered\nal:",
      "82: There is no \"all:\" in a check block.",
      "84: There is no key \"al\" in a check block; did you mean \"all\"?"
    ),
  ]

  static let inQuestions: [Mistake] = [
    Mistake(
      "id: who\n",
      "",
      "43: There is no \"id:\" in a predict block."
    ),
    Mistake(
      "ask: Who notices first?\n",
      "",
      "43: There is no \"ask:\" in a predict block."
    ),
    Mistake(
      "kind: choice\n",
      "",
      "43: There is no \"kind:\" in a predict block."
    ),
    Mistake(
      "answer: jm\n",
      "",
      "43: There is no \"answer:\" in a predict block."
    ),
    Mistake(
      "right: Yes.\n",
      "",
      "30: There is no \"right:\" in a predict block."
    ),
    Mistake(
      "otherwise: No.\n",
      "",
      "30: There is no \"otherwise:\" in a predict block."
    ),
    Mistake(
      "kind: choice",
      "kind: voice",
      "46: There is no kind \"voice\"; there are number, choice, mark."
    ),
    Mistake(
      "kind: choice",
      "kind: essay",
      "46: There is no kind \"essay\"; there are number, choice, mark."
    ),
    Mistake(
      "answer: jm",
      "answer: rm",
      "50: The answer \"rm\" is none of the options: jm, no."
    ),
    Mistake(
      "answer: jm",
      "answer: jm\ntolerance: 3",
      "51: A choice has no \"tolerance:\"."
    ),
    Mistake(
      "  no: Nobody\n",
      "",
      "47: A choice has at least two options, and this one has 1.",
      "52: The wrong answer \"no\" is none of the options: jm."
    ),
    Mistake(
      "  no: Somebody does.",
      "  rm: Somebody does.",
      "53: The wrong answer \"rm\" is none of the options: jm, no."
    ),
    Mistake(
      "  no: Somebody does.",
      "  jm: Somebody does.",
      "53: The wrong answer \"jm\" would be taken as right."
    ),
    Mistake(
      "id: who",
      "id: rows",
      "44: The id \"rows\" is taken, on line 31."
    ),
    Mistake(
      "id: recovered",
      "id: rows",
      "83: The id \"rows\" is taken, on line 31."
    ),
    Mistake(
      "id: who",
      "id: Who",
      "44: \"Who\" is no name; a name has small letters, digits and hyphens, and "
        + "begins with a letter."
    ),
    Mistake(
      "answer: rows of word-count",
      "answer: lines of text",
      "34: The answer \"lines of text\" is neither a whole number nor a measure: "
        + "write rows."
    ),
    Mistake(
      "answer: rows of word-count",
      "answer: 450",
      "38: The wrong answer \"449\" would be taken as right."
    ),
    Mistake(
      "tolerance: 10%",
      "tolerance: some",
      "35: The tolerance \"some\" is not understood; it is a whole number such "
        + "as 5, or a share such as 10%."
    ),
    Mistake(
      "tolerance: 10%",
      "tolerance: 101%",
      "35: The tolerance \"101%\" is not understood; it is a whole number such "
        + "as 5, or a share such as 10%."
    ),
    Mistake(
      "tolerance: 3s",
      "tolerance: 3",
      "63: The tolerance \"3\" is not understood; it is a length of time such as "
        + "500ms or 3s."
    ),
    Mistake(
      "  449: That",
      "  many: That",
      "38: The wrong answer \"many\" is no whole number."
    ),
    Mistake(
      "answer: instant running",
      "answer: moment running",
      "61: \"moment running\" is no moment of a run: write instant."
    ),
    Mistake(
      "from: instant killed",
      "from: killed",
      "62: \"killed\" is no moment of a run: write instant."
    ),
    Mistake(
      "expect: job word-count FINISHED",
      "expect: jobs FINISHED",
      "85: The expectation \"jobs FINISHED\" is wrong: write job."
    ),
    Mistake(
      "    else: The job has not finished yet.\n",
      "",
      "85: There is no \"else:\" in an expectation."
    ),
    Mistake(
      "else: The job has not finished yet.",
      "elsewhere: x",
      "85: There is no \"else:\" in an expectation.",
      "86: There is no key \"elsewhere\" in an expectation; there are when, expect, "
        + "else."
    ),
  ]
}
