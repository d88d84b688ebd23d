import Testing
import WindowsFormats

/// `--recover`: what is no longer in a log, and what was never marked as one.
@Suite struct RecoveryTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func recovered(_ options: String...) throws -> [JSONLine] {
    try Tool.run(["events", "--recover"] + options).records.filter { $0["recovered"] as? Bool == true }
  }

  /// A log whose chunk was begun anew: what it held before stands behind its free space.
  private func logWithSlack() throws -> (log: [UInt8], old: [UInt8], free: Int) {
    let old = try Logs.bytes((1...10).map { Logs.text("old \($0)", seconds: $0, recordID: UInt64($0)) })
    var log = try Logs.bytes((11...13).map { Logs.text("new \($0)", seconds: $0, recordID: UInt64($0)) })
    let free = 4096 + Int(log.u32(4096 + 48))
    log.replaceSubrange(free..<log.count, with: old[free...])
    return (log, old, free)
  }

  @Test func aRecordInSlackShowsUpOnceWithItsPlace() throws {
    let (log, old, free) = try logWithSlack()
    let path = try folder.write("a.evtx", log)
    let whole = Logs.records(of: old).filter { $0.lowerBound >= free }
    let run = try Tool.events(path, "--recover")
    #expect(run.status == 0, "\(run.errors)")
    let found = try recovered(path)
    #expect(
      found.compactMap { $0.number("offset") }.filter { offset in whole.contains { $0.lowerBound == offset } }
        == whole.map(\.lowerBound))
    #expect(Set(found.compactMap { $0.number("offset") }).count == found.count)
    for line in found where whole.contains(where: { $0.lowerBound == line.number("offset") }) {
      #expect(line.data["Text"] as? String == "old \(line.number("recordId") ?? 0)", "\(line.text)")
      #expect(line.text("recoveredFrom") == "slack")
      #expect(line["template"] != nil)
      #expect(line.keys.prefix(19).last == "recovered")
      #expect(line.keys[19] == "offset")
    }
    #expect(try run.records.filter { $0["recovered"] as? Bool == false }.count == 3)
    #expect(run.errors.contains("\(found.count) recovered"), "\(run.errors)")
    #expect(try Tool.events(path).lines.count == 3)
  }

  @Test func rawDataIsCarvedForChunksAndLoneRecords() throws {
    let log = try Logs.bytes(Logs.numbered(1...10))
    let other = try Logs.bytes((21...24).map { Logs.text("lone \($0)", seconds: $0, recordID: UInt64($0)) })
    // The first record of a chunk brings its templates.
    let lone = try #require(Logs.records(of: other).first)
    let garbage = (0..<12_345).map { UInt8(truncatingIfNeeded: $0 &* 37 ^ $0 >> 3) }
    let blob = garbage + log.dropFirst(4096) + garbage + other[lone] + garbage
    let path = try folder.write("disk.bin", blob)
    let found = try recovered(path)
    #expect(found.compactMap { $0.number("recordId") } == Array(1...10) + [21])
    #expect(found.last?.number("offset") == garbage.count * 2 + log.count - 4096)
    #expect(found.last?.data["Text"] as? String == "lone 21", "\(found.last?.text ?? "")")
    let offsets = Logs.records(of: log).map { $0.lowerBound - 4096 + garbage.count }
    #expect(found.prefix(10).compactMap { $0.number("offset") } == offsets)
    #expect(found.allSatisfy { $0.text("recoveredFrom") == "carved" })
    #expect(try Tool.events(path).status == 4)
  }

  @Test func rawDataMayComeThroughAPipe() throws {
    let blob = Array("junk".utf8) + (try Logs.bytes(Logs.numbered(1...10)).dropFirst(4096))
    let run = try Tool.events("-", "--recover", input: .pipe(blob))
    #expect(try run.texts == (1...10).map(String.init))
  }

  @Test func whatIsLiveIsNotRecoveredAgain() throws {
    let log = try Logs.chunks([1...10, 11...20])
    // A stale copy of the first chunk behind the last.
    var copy = log
    copy += Array("no chunk".utf8) + [UInt8](repeating: 0, count: 504) + log[4096 + 512..<4096 + 65_536]
    let path = try folder.write("a.evtx", copy)
    let run = try Tool.events(path, "--recover", "--diagnostics", "jsonl")
    #expect(try run.records.compactMap { $0.number("recordId") } == Array(1...20), "\(run.errors)")
  }

  @Test func aDestroyedChunkHeaderLosesNothing() throws {
    var log = try Logs.chunks([1...10, 11...20])
    log.replaceSubrange(4096..<4096 + 512, with: Array(repeating: 0x55, count: 512))
    let path = try folder.write("a.evtx", log)
    #expect(try recovered(path).compactMap { $0.number("recordId") } == Array(1...10))
    #expect(try Tool.events(path, "--recover").lines.count == 20)
  }

  @Test func filtersAndFormsApplyToRecoveredRecordsToo() throws {
    let path = try folder.write("a.evtx", logWithSlack().log)
    #expect(try recovered(path, "--where", "Text=old 9").count == 1)
    #expect(try recovered(path, "--before", "2020-01-01").isEmpty)
    let rows = try CSV.rows(Tool.events(path, "--recover", "--format", "csv").text)
    #expect(rows.dropFirst().filter { $0[18] == "true" && Int($0[19]) != nil }.count == (try recovered(path).count))
    let run = try Tool.events(path, "--recover", "--where", "Text=old 9")
    #expect(run.errors.contains("1 record matched the filter"), "\(run.errors)")
  }
}
