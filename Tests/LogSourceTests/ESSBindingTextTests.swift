import Testing

@testable import Detection

@Suite struct ESSBindingTextTests {
  @Test func readsFilterAndConsumer() throws {
    let binding = ESSBindingText(
      possibleCause: BindingSample.commandLine, filterName: "Nightly",
      consumer: "CommandLineEventConsumer=\"Nightly Job\"", namespace: "//./root/subscription")
    #expect(binding.isComplete)
    let filter = try #require(binding.filter)
    #expect(filter.className == "__EventFilter")
    #expect(filter.properties.map(\.name) == ["CreatorSID", "EventNamespace", "Name", "Query", "QueryLanguage"])
    #expect(filter["query"]?.text == "SELECT * FROM __TimerEvent WHERE TimerID = \"Tick\"")
    #expect(filter["EventNamespace"]?.text == "ROOT\\cimv2")
    #expect(filter.creatorSID == "S-1-5-21-1-2-3-1001")
    let consumer = try #require(binding.consumer)
    #expect(consumer["CommandLineTemplate"]?.text == "powershell.exe -enc AAAA \\\\srv\\share")
    #expect(consumer["RunInteractively"] == .other("FALSE"))
    #expect(binding.consumerKind == .commandLine)
    #expect(binding.consumerPath == "\\\\.\\root\\subscription:CommandLineEventConsumer.Name=\"Nightly Job\"")
    #expect(binding.filterPath == "\\\\.\\root\\subscription:__EventFilter.Name=\"Nightly\"")
  }

  @Test func aScriptMayHoldWhatLooksLikeAnEnd() throws {
    let consumer = try #require(ESSBindingText(possibleCause: BindingSample.script).consumer)
    #expect(consumer["ScriptText"]?.text == "Set s = CreateObject(\"WScript.Shell\")\ns.Run \"calc };\"")
    #expect(consumer["KillTimeout"] == .other("45"))
    #expect(consumer.creator == "NT AUTHORITY\\SYSTEM")
    #expect(consumer.isComplete)
  }

  @Test func everyPrefixGivesWhatThereIs() {
    for sample in [BindingSample.commandLine, BindingSample.script, BindingSample.builtIn] {
      let whole = ESSBindingText(possibleCause: sample)
      for length in 0..<sample.utf8.count {
        let cut = ESSBindingText(possibleCause: String(decoding: sample.utf8.prefix(length), as: UTF8.self))
        expectPart(cut.filter, of: whole.filter)
        expectPart(cut.consumer, of: whole.consumer)
        #expect(!cut.isBuiltIn || length > sample.utf8.count - 3)
      }
    }
  }

  /// Every property but the last is as in the whole text; the last may be cut.
  private func expectPart(_ part: MOFInstance?, of whole: MOFInstance?) {
    guard let part, let whole else {
      #expect(part == nil)
      return
    }
    #expect(part.className == whole.className)
    #expect(part.properties.count <= whole.properties.count)
    #expect(part.properties.dropLast().elementsEqual(whole.properties.prefix(max(0, part.properties.count - 1))))
    if let last = part.properties.last, !part.isComplete, case .string(let cut) = last.value,
      case .string(let full)? = whole[last.name]
    {
      #expect(full.literal.hasPrefix(cut.literal))
    }
  }

  @Test func lineBreaksMayHaveBecomeCommasOrBlanks() {
    let whole = ESSBindingText(possibleCause: BindingSample.commandLine)
    for replacement in [", ", " ", "\r\n"] {
      let changed = BindingSample.commandLine.split(separator: "\n", omittingEmptySubsequences: false)
        .joined(separator: replacement)
      #expect(ESSBindingText(possibleCause: changed) == whole)
    }
  }

  @Test func namesComeFromTheOtherFieldsWhereTheTextIsCut() {
    let binding = ESSBindingText(
      possibleCause: "Binding EventFilter: \ninst", filterName: "F", consumer: "ActiveScriptEventConsumer=\"A \"b\"\"",
      namespace: "//HOST/root/default")
    #expect(binding.filter == nil && binding.consumer == nil && !binding.isComplete)
    #expect(binding.filterName == "F" && binding.consumerClass == "ActiveScriptEventConsumer")
    #expect(binding.consumerName == "A \"b\"" && binding.consumerKind == .script && binding.destination == nil)
    #expect(binding.consumerPath == "\\\\HOST\\root\\default:ActiveScriptEventConsumer.Name=\"A \\\"b\\\"\"")
    #expect(ESSBindingText(possibleCause: "", consumer: "C.Name=\"x\"").consumerClass == "C")
    #expect(ESSBindingText(possibleCause: "", consumer: "nothing").consumerName == nil)
    #expect(ESSBindingText(possibleCause: "").filterPath == nil)
  }

  @Test(arguments: [
    ("a\\\\b", "a\\b"), ("\\\"", "\""), ("\\n\\t\\r", "\n\t\r"), ("\\x41\\X0042", "AB"), ("\\xD800", "\\xD800"),
    ("\\q", "\\q"), ("\\", "\\"), ("\\x", "\\x"), ("\\x12345", "\u{1234}5"), ("日本", "日本"),
  ])
  func escapesAreResolved(_ literal: String, _ text: String) {
    #expect(MOFEscapes.resolved(literal) == text)
  }

  @Test func stringsSideBySideAreOne() {
    let instance = ESSBindingText(possibleCause: "instance of C { A = \"x\"\n \"y\"; B = 1; };").consumer
    #expect(instance?["A"]?.text == "xy" && instance?["B"] == .other("1"))
  }

  @Test(
    arguments: [
      ([1, 1, 0, 0, 0, 0, 0, 5, 18, 0, 0, 0], "S-1-5-18"),
      ([1, 2, 0, 0, 0, 0, 0, 5, 32, 0, 0, 0, 32, 2, 0, 0], "S-1-5-32-544"), ([1, 0, 0, 0, 0, 0, 0, 5], "S-1-5"),
      ([1, 1, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255], "S-1-281474976710655-4294967295"),
      ([1, 2, 0, 0, 0, 0, 0, 5, 18, 0, 0, 0], nil), ([2, 0, 0, 0, 0, 0, 0, 5], nil), ([], nil),
      ([1, 0, 0, 0, 0, 0, 0, 256], nil), ([1, 16, 0, 0, 0, 0, 0, 5], nil),
    ] as [([UInt64], String?)])
  func bytesAreSIDs(_ bytes: [UInt64], _ expected: String?) {
    #expect(SIDText.text(ofBytes: bytes) == expected)
  }

  @Test func onlyTheBindingOfWindowsIsBuiltIn() {
    #expect(ESSBindingText(possibleCause: BindingSample.builtIn).isBuiltIn)
    let changes = [
      ("NTEventLogEventConsumer", "CommandLineEventConsumer"), ("Service Control Manager", "Other"),
      ("MSFT_SCMEventLogEvent", "__TimerEvent"), (BindingSample.administrators, BindingSample.userSID),
      ("SCM Event Log Consumer", "Consumer"), ("SCM Event Log Filter", "Filter"),
    ]
    for (old, new) in changes {
      let parts = BindingSample.builtIn.split(separator: old, omittingEmptySubsequences: false)
      #expect(!ESSBindingText(possibleCause: parts.joined(separator: new)).isBuiltIn, "\(old)")
    }
  }

  @Test func limitsBoundWhatIsKept() throws {
    let many = String(repeating: "instance of C { A = 1; }; ", count: 100)
    var reader = MOFInstanceReader(many)
    #expect(reader.instances().count == MOFInstanceReader.maximumInstanceCount)
    let properties = "instance of C {" + String(repeating: "A = 1;", count: 1000) + "}"
    let instance = try #require(ESSBindingText(possibleCause: properties).consumer)
    #expect(instance.properties.count == MOFInstanceReader.maximumPropertyCount && !instance.isComplete)
    let numbers = "instance of C { A = {" + String(repeating: "1,", count: 5000) + "}; }"
    guard case .other? = ESSBindingText(possibleCause: numbers).consumer?["A"] else {
      Issue.record("an array beyond the limit is no list of numbers")
      return
    }
    let long = String(repeating: " ", count: MOFInstanceReader.maximumByteCount) + BindingSample.script
    #expect(ESSBindingText(possibleCause: long).filter == nil)
  }

  @Test(.timeLimit(.minutes(1))) func oddTextsEnd() {
    for part in [
      "{", "}", "\"", "\\", "=", ";", ",", "instance", "instance of ", "instance of C {", "A = ", "A = {", "\u{FFFD}",
    ] {
      let text = "instance of C { " + String(repeating: part, count: 50_000)
      _ = ESSBindingText(possibleCause: text, filterName: part, consumer: text, namespace: part)
    }
    var state: UInt64 = 7
    let alphabet = Array("{}\"\\=;, \nAinstance of".unicodeScalars)
    for _ in 0..<2000 {
      var text = String.UnicodeScalarView()
      for _ in 0..<60 {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        text.append(alphabet[Int(state >> 33) % alphabet.count])
      }
      _ = ESSBindingText(possibleCause: "instance of C { " + String(text))
    }
  }
}
