import Collect
import Detection
import Testing
import WindowsFormats

@testable import yagura

/// Things that wait in a file until they can be put in order of time.
@Suite struct SpoolTests {
  private func text(_ spool: TimedSpool, _ number: UInt64) throws -> String? {
    try spool.read(number) { String(decoding: $0.bytes(0, $0.count), as: UTF8.self) }
  }

  @Test func momentsComeInOrderOfTimeAndTheirPartsInOrderOfAdding() throws {
    let spool = try TimedSpool()
    for (time, word) in [(5, "e1"), (0, "none"), (9, "n"), (5, "e2"), (1, "a"), (5, "e3")] as [(UInt64, String)] {
      try spool.add(time: time) { $0.append(word) }
    }
    var moments: [[String]] = []
    var times: [UInt64] = []
    try spool.forEachMoment(limit: 2) { numbers, time throws(SystemFault) in
      var words: [String] = []
      for number in numbers {
        words.append(try spool.read(number) { String(decoding: $0.bytes(0, $0.count), as: UTF8.self) } ?? "?")
      }
      moments.append(words)
      times.append(time)
      return true
    }
    #expect(moments == [["none"], ["a"], ["e1", "e2"], ["e3"], ["n"]])
    #expect(times == [0, 1, 5, 5, 9])
  }

  @Test func whatIsAddedCanBeReadBeforeAndAfterItIsWritten() throws {
    let spool = try TimedSpool()
    let first = try spool.add(time: 1) { $0.append("first") }
    #expect(try text(spool, first) == "first")
    var numbers: [UInt64] = []
    for index in 0..<5000 { numbers.append(try spool.add(time: 2) { $0.append(String(repeating: "x", count: index)) }) }
    for index in stride(from: 0, to: 5000, by: 777) { #expect(try text(spool, numbers[index])?.utf8.count == index) }
    #expect(spool.count == 5001)
  }

  @Test func numbersThatWereNeverGivenOutReadNothing() throws {
    let spool = try TimedSpool()
    try spool.add(time: 1) { $0.append("text") }
    #expect(try text(spool, 5000) == nil)
  }

  @Test func theEndOfTheWalkIsTheReadersWish() throws {
    let spool = try TimedSpool()
    for time in 1...5 as ClosedRange<UInt64> { try spool.add(time: time) { $0.append("x") } }
    var seen = 0
    try spool.forEachMoment(limit: 10) { _, _ in
      seen += 1
      return seen < 3
    }
    #expect(seen == 3)
  }
}
