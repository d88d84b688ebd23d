import Testing

/// What is said about damage, and what damage costs.
@Suite struct DiagnosticTests {
  let folder: TemporaryFolder
  let log: [UInt8]

  init() throws {
    folder = try TemporaryFolder()
    log = try Logs.chunks([1...10, 11...20])
  }

  private func run(_ bytes: [UInt8], _ options: String...) throws -> Tool.Outcome {
    try Tool.run(["events", "--diagnostics", "jsonl", folder.write("x.evtx", bytes)] + options)
  }

  @Test func everyLineHasTheKeysInTheirOrder() throws {
    let run = try run(Array(log.dropLast(70_000)))
    #expect(run.status == 3)
    let faults = try run.faults
    #expect(!faults.isEmpty)
    for fault in faults {
      #expect(Array(fault.keys.prefix(5)) == ["file", "offset", "structure", "code", "message"])
      #expect(fault.text("file") == folder.path("x.evtx"))
    }
  }

  @Test func aLogThatIsWholeHasNone() throws {
    let run = try run(log)
    #expect(run.status == 0)
    #expect(run.errors.isEmpty, "\(run.errors)")
  }

  @Test func aDamagedRecordCostsItselfOnly() throws {
    var damaged = log
    let record = Logs.records(of: log)[13]
    damaged.replaceSubrange(record.lowerBound + 24..<record.lowerBound + 60, with: Array(repeating: 0xEE, count: 36))
    Logs.seal(&damaged, chunk: 4096 + 65_536)
    let run = try run(damaged)
    #expect(run.status == 3)
    #expect(try run.records.compactMap { $0.number("recordId") } == Array(1...20).filter { $0 != 14 })
    let fault = try #require(run.faults.first)
    #expect(try run.faults.count == 1)
    let offset = try #require(fault.number("offset"))
    #expect(record.contains(offset), "\(offset) is not in \(record)")
    #expect(fault.number("recordId") == 14)
    #expect(fault["loss"] as? Bool == true)
  }

  @Test func aRecordThatLiesAboutItsSizeCostsItselfAtMost() throws {
    for size: UInt32 in [0, 27, .max] {
      var damaged = log
      let record = Logs.records(of: log)[4]
      damaged.put(size, at: record.lowerBound + 4)
      Logs.seal(&damaged, chunk: 4096)
      let run = try run(damaged)
      #expect(run.status == 3)
      #expect(try run.records.compactMap { $0.number("recordId") } == Array(1...20).filter { $0 != 5 }, "\(size)")
      #expect(try run.faults.first?.number("offset").map { record.contains($0) } == true)
    }
    // A possible size that leads nowhere: the record ends where the next one begins.
    var damaged = log
    damaged.put(60_000, at: Logs.records(of: log)[4].lowerBound + 4)
    Logs.seal(&damaged, chunk: 4096)
    #expect(try run(damaged).records.compactMap { $0.number("recordId") } == Array(1...20))
  }

  @Test func aWrongChecksumIsAWarning() throws {
    var damaged = log
    damaged[4096 + 65_536 + 52] ^= 1
    damaged[4096 + 65_536 + 124] ^= 1
    let run = try run(damaged)
    #expect(run.status == 0)
    #expect(run.lines.count == 20)
    let faults = try run.faults
    #expect(!faults.isEmpty)
    for fault in faults {
      #expect(fault.text("code") == "checksumMismatch")
      #expect(fault["loss"] as? Bool == false)
      #expect((fault.number("offset") ?? 0) >= 4096 + 65_536)
    }
  }

  @Test func aDamagedHeaderCostsNothing() throws {
    var damaged = log
    for index in 0..<128 { damaged[index] = 0xFF }
    let run = try run(damaged)
    #expect(run.status == 0)
    #expect(run.lines.count == 20)
    #expect(try run.faults.first?.text("structure") == "fileHeader")
    #expect(try run.faults.first?.number("offset") == 0)
  }

  @Test func aWrongFreeSpaceOffsetCostsNothingInALogThatWasNotClosed() throws {
    for free: UInt32 in [0, 512, 700, 65_536, .max] {
      var damaged = log
      damaged[120] = 1
      damaged.put(Logs.crc(damaged[0..<120]), at: 124)
      damaged.put(free, at: 4096 + 48)
      let run = try run(damaged)
      #expect(try run.records.compactMap { $0.number("recordId") } == Array(1...20), "\(free): \(run.errors)")
    }
  }

  @Test func aTruncatedLogGivesWhatIsThere() throws {
    let records = Logs.records(of: log)
    let run = try run(Array(log[..<(records[15].lowerBound + 40)]))
    #expect(run.status == 3)
    #expect(try run.records.compactMap { $0.number("recordId") } == Array(1...15))
    #expect(try run.faults.contains { ($0.number("offset") ?? 0) >= records[15].lowerBound }, "\(run.errors)")
  }

  @Test func aDestroyedChunkCostsNoOther() throws {
    var damaged = log
    damaged.replaceSubrange(4096..<4096 + 600, with: Array(repeating: 0x55, count: 600))
    let run = try run(damaged)
    #expect(run.status == 3)
    #expect(try run.records.compactMap { $0.number("recordId") } == Array(11...20))
    #expect(try run.faults.first?.number("offset") == 4096)
  }

  @Test func faultyLinesOfAnExportCostNoOther() throws {
    let good = #"{"EventID":1,"Computer":"x","Channel":"System"}"#
    // Wherever a line is cut, also where a value could stand.
    for length in 1..<good.utf8.count {
      let path = try folder.write("x.jsonl", "\(good)\n\(good.prefix(length))\n\(good)\n\(good)\n")
      let run = try Tool.events(path, "--diagnostics", "jsonl")
      #expect(run.status == 3)
      #expect(try run.records.map { $0.text("recordId") } == ["#1", "#3", "#4"], "\(good.prefix(length))")
      #expect(try run.faults.map { $0.number("offset") } == [good.utf8.count + 1], "\(run.errors)")
    }
  }

  // MARK: For people

  @Test func textSaysWhereAndWhat() throws {
    var damaged = log
    let record = Logs.records(of: log)[2]
    damaged.replaceSubrange(record.lowerBound + 24..<record.lowerBound + 60, with: Array(repeating: 0xEE, count: 36))
    Logs.seal(&damaged, chunk: 4096)
    let path = try folder.write("x.evtx", damaged)
    let english = try Tool.events(path)
    #expect(english.errors.hasPrefix("error: \(path), at offset "), "\(english.errors)")
    #expect(english.errors.contains("19 records from 1 file, 1 record unreadable in "), "\(english.errors)")
    let japanese = try Tool.events(path, environment: ["LANG": "ja_JP.UTF-8"])
    #expect(japanese.errors.hasPrefix("エラー: \(path)、オフセット "), "\(japanese.errors)")
    #expect(japanese.errors.contains("1 ファイルから 19 件のレコード、読めないレコード 1 件"), "\(japanese.errors)")
    #expect(japanese.output == english.output)
    let quiet = try Tool.events(path, "--quiet")
    #expect(quiet.errors.isEmpty)
    #expect(quiet.status == 3)
    #expect(quiet.output == english.output)
  }

  @Test func hostileNamesAreShownNotObeyed() throws {
    let name = "\u{1B}[2J\u{202E}xtve\n.evtx"
    let path = try folder.write(name, Array(log.dropLast(70_000)))
    let run = try Tool.events(path)
    #expect(run.errors.contains(#"\u{1b}[2J\u{202e}xtve\u{a}.evtx"#), "\(run.errors)")
    #expect(!run.errors.unicodeScalars.contains { $0.value < 32 && $0 != "\n" || $0.value == 0x202E })
    let missing = try Tool.events(path + "\u{7}\u{9B}0m")
    #expect(missing.status == 4)
    #expect(!missing.errors.unicodeScalars.contains { $0.value < 32 && $0 != "\n" || $0.value == 0x9B })
    let statistics = try Tool.events(path, "--stats")
    #expect(!statistics.text.unicodeScalars.contains { $0.value < 32 && $0 != "\n" || $0.value == 0x202E })
  }
}
