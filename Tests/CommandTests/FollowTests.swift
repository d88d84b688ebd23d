import Foundation
import Glibc
import Testing
import WindowsFormats

/// `--follow`: what is added to logs that are being written.
@Suite struct FollowTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func texts(_ running: RunningTool) -> [String] {
    running.lines.compactMap { try? JSONLine($0).data["Text"] as? String }
  }

  /// Asks the run to end, as Ctrl-C does; it must do so soon and leave whole lines.
  private func end(_ running: RunningTool, _ signal: Int32 = SIGINT) throws -> Tool.Outcome {
    let clock = ContinuousClock()
    let start = clock.now
    running.send(signal)
    let outcome = try running.wait()
    #expect(clock.now - start < .seconds(1))
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(outcome.output.isEmpty || outcome.output.last == 10)
    return outcome
  }

  @Test func whatIsAddedToALogIsPrintedOnce() throws {
    try folder.write("a.evtx", Logs.bytes(Logs.numbered(1...5)))
    let running = try RunningTool(["events", "--follow", folder.path("a.evtx")])
    #expect(running.wait { texts(running).count >= 5 })
    // More records in the chunk, then another chunk.
    try folder.overwrite("a.evtx", Logs.bytes(Logs.numbered(1...8)))
    #expect(running.wait { texts(running).count >= 8 }, "\(texts(running))")
    try folder.overwrite("a.evtx", Logs.chunks([1...9, 10...12]))
    #expect(running.wait { texts(running).count >= 12 }, "\(texts(running))")
    // The log wraps: the first chunk is begun anew.
    try folder.overwrite("a.evtx", Logs.chunks([13...15, 10...12]))
    #expect(running.wait { texts(running).count >= 15 }, "\(texts(running))")
    usleep(600_000)
    let outcome = try end(running)
    #expect(try outcome.texts == (1...15).map(String.init))
    #expect(!outcome.errors.contains("error") && !outcome.errors.contains("interrupted"), "\(outcome.errors)")
  }

  @Test func aNewFileOfAFollowedFolderIsFollowed() throws {
    try folder.write("a.evtx", Logs.bytes(Logs.numbered(1...2)))
    let running = try RunningTool(["events", "--follow", folder.path, "--where", "Text=*"])
    #expect(running.wait { texts(running).count >= 2 })
    try folder.write("b.evtx", Logs.bytes(Logs.numbered(3...4)))
    #expect(running.wait { texts(running).count >= 4 })
    try folder.write("c.jsonl", #"{"EventID":1,"Computer":"x","Channel":"System","Text":"5"}"# + "\n")
    #expect(running.wait { texts(running).count >= 5 })
    try folder.overwrite("b.evtx", Logs.bytes(Logs.numbered(3...4) + [Logs.text("6")]))
    #expect(running.wait { texts(running).count >= 6 })
    #expect(try end(running).texts == (1...6).map(String.init))
  }

  @Test func aLineThatIsNotWholeWaits() throws {
    func line(_ text: String) -> String { #"{"EventID":1,"Computer":"x","Channel":"System","Text":"\#(text)"}"# }
    try folder.write("a.jsonl", line("1") + "\n" + line("2").dropLast(9))
    let running = try RunningTool(["events", "--follow", folder.path("a.jsonl")])
    #expect(running.wait { texts(running) == ["1"] })
    usleep(600_000)
    #expect(texts(running) == ["1"])
    try folder.append("a.jsonl", String(line("2").suffix(9)) + "\n")
    #expect(running.wait { texts(running) == ["1", "2"] })
    // The file was emptied and begun anew.
    try folder.write("a.jsonl", line("3") + "\n")
    #expect(running.wait { texts(running).count >= 3 })
    let outcome = try end(running, SIGTERM)
    #expect(try outcome.texts == ["1", "2", "3"])
    #expect(!outcome.errors.contains("error"), "\(outcome.errors)")
  }

  @Test func csvAndXMLAreWholeAtTheEnd() throws {
    let path = try folder.write("a.evtx", Logs.bytes(Logs.numbered(1...3)))
    let csv = try RunningTool(["events", "--follow", path, "--format", "csv"])
    #expect(csv.wait { csv.output.count { $0 == 10 } >= 4 })
    #expect(try CSV.rows(end(csv).text).count == 4)
    let xml = try RunningTool(["events", "--follow", path, "--format", "xml"])
    #expect(xml.wait { xml.lines.count >= 4 })
    #expect(try end(xml).text.hasSuffix("</Events>\n"))
  }

  @Test func aFaultyRecordIsToldOnceAndWaitsForNobodyElse() throws {
    var log = try Logs.bytes(Logs.numbered(1...5))
    let record = Logs.records(of: log)[2]
    log.replaceSubrange(record.lowerBound + 24..<record.lowerBound + 60, with: Array(repeating: 0xEE, count: 36))
    Logs.seal(&log, chunk: 4096)
    let running = try RunningTool(["events", "--follow", folder.write("a.evtx", log)])
    #expect(running.wait { texts(running).count >= 4 }, "\(texts(running))")
    usleep(500_000)
    let outcome = try end(running)
    #expect(try outcome.texts == ["1", "2", "4", "5"])
    #expect(outcome.errorLines.filter { $0.hasPrefix("error") }.count == 1, "\(outcome.errors)")
  }

  @Test func theOutputMayLieInTheFollowedFolder() throws {
    try folder.write("a.evtx", Logs.bytes(Logs.numbered(1...3)))
    let running = try RunningTool(["events", "--follow", folder.path, "-o", folder.path("z.jsonl")])
    #expect(running.wait { (try? folder.read("z.jsonl").count { $0 == 10 }) == 3 })
    usleep(2_500_000)
    _ = try end(running)
    #expect(try folder.read("z.jsonl").count { $0 == 10 } == 3)
  }
}
