import Foundation
import Glibc
import Testing
import WindowsFormats

/// Long runs: how they are ended, and what they cost.
@Suite(.serialized) struct InterruptTests {
  /// A log of about this many bytes: one chunk of records again and again.
  static func writeLog(_ byteCount: Int, to path: String) throws {
    let events = Logs.numbered(1...1000).map { event in
      var event = event
      event.recordID = nil
      return event
    }
    let log = try EventLogWriter.log(of: events)
    let chunk = log[4096..<4096 + 65_536]
    var handle = Array(log[..<4096])
    // It has more chunks than the header says, as a log in use.
    handle[120] = 1
    handle.put(Logs.crc(handle[0..<120]), at: 124)
    guard FileManager.default.createFile(atPath: path, contents: Data(handle)) else {
      throw ToolFailure(description: path)
    }
    let file = try FileHandle(forWritingTo: URL(fileURLWithPath: path))
    try file.seekToEnd()
    let many = Data((0..<16).flatMap { _ in chunk })
    for _ in 0..<(byteCount / many.count) { try file.write(contentsOf: many) }
    try file.close()
  }

  @Test(arguments: [[], ["--format", "csv"], ["--format", "xml"], ["--threads", "1"], ["--recover"], ["--stats"]])
  func interruptionEndsSoonAtALineEnd(options: [String]) throws {
    let folder = try TemporaryFolder()
    let log = folder.path("a.evtx")
    try InterruptTests.writeLog(100 << 20, to: log)
    let running = try RunningTool(["events", log] + options)
    if ["--stats", "--recover"].contains(options.first) {
      usleep(50_000)
    } else {
      #expect(running.wait { running.output.count > 100_000 })
    }
    let start = ContinuousClock.now
    running.send(SIGINT)
    let outcome = try running.wait()
    #expect(ContinuousClock.now - start < .seconds(2))
    #expect(outcome.status == 130)
    #expect(outcome.output.isEmpty || outcome.output.last == 10)
    #expect(outcome.errors.contains("interrupted; what was read so far is written"), "\(outcome.errors)")
    if options == ["--format", "xml"] { #expect(outcome.text.hasSuffix("</Events>\n")) }
  }

  @Test func aReaderThatGoesAwayIsNoError() throws {
    let folder = try TemporaryFolder()
    let log = folder.path("a.evtx")
    try InterruptTests.writeLog(20 << 20, to: log)
    let script = #"("$1" events "$2" $3; echo "code $?" >&2) | head -1"#
    for option in ["", "--format=csv", "--format=xml", "--recover"] {
      let shell = Process()
      shell.executableURL = URL(fileURLWithPath: "/bin/sh")
      shell.arguments = ["-c", script, "sh", Tool.path, log, option]
      let (output, errors) = (Pipe(), Pipe())
      shell.standardOutput = output
      shell.standardError = errors
      try shell.run()
      let first = try output.fileHandleForReading.readToEnd() ?? Data()
      let said = try errors.fileHandleForReading.readToEnd() ?? Data()
      shell.waitUntilExit()
      #expect(first.count { $0 == 10 } == 1)
      #expect(String(decoding: said, as: UTF8.self) == "code 0\n")
    }
  }

  /// Only with `YAGURA_SLOW_TESTS=1`: it writes 300 MB.
  @Test(.enabled(if: ProcessInfo.processInfo.environment["YAGURA_SLOW_TESTS"] == "1"))
  func memoryStaysBounded() throws {
    let folder = try TemporaryFolder()
    let log = folder.path("a.evtx")
    try InterruptTests.writeLog(300 << 20, to: log)
    for options in [[], ["--format", "csv"], ["--stats"], ["--where", "Text=7"], ["--recover"]] {
      let outcome = try RunningTool(["events", log, "--threads", "2"] + options, output: "/dev/null").wait()
      #expect(outcome.status == 0)
      #expect(outcome.peakMemory < 64 << 20, "\(options): \(outcome.peakMemory >> 20) MB")
    }
    let running = try RunningTool(["events", log, "--follow"], output: folder.path("out"))
    let size = { (try? FileManager.default.attributesOfItem(atPath: folder.path("out"))[.size] as? Int) ?? 0 }
    #expect(running.wait { size() > 200 << 20 })
    running.send(SIGINT)
    let outcome = try running.wait()
    #expect(outcome.peakMemory < 64 << 20, "following: \(outcome.peakMemory >> 20) MB")
  }
}
