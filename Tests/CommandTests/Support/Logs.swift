import WindowsFormats

typealias Event = EventLogWriter.Event
typealias Value = EventLogWriter.Value

/// Logs for the tests.
enum Logs {
  /// 2024-05-14T09:30:00.1234560Z
  static let time: UInt64 = 133_601_526_001_234_560
  static let second: UInt64 = 10_000_000

  static func event(
    _ fields: [EventLogWriter.Field], id: UInt16 = 1000, seconds: Int = 0, recordID: UInt64? = nil,
    channel: String = "Yagura-Test/Operational"
  ) -> Event {
    Event(
      provider: .init("Yagura-Test", guid: .init(0x1122_3344, 0x5566, 0x7788, 0x99AA_BBCC_DDEE_FF00)), eventID: id,
      version: 3, level: 4, task: 7, opcode: 1, keywords: 0x8000_0000_0000_0001,
      time: UInt64(Int64(time) + Int64(seconds) * Int64(second)), recordID: recordID, processID: 4242, threadID: 77,
      channel: channel, computer: "WKS01.corp.example", userSID: .localSystem, payload: .eventData(fields))
  }

  static func text(_ text: String, id: UInt16 = 1000, seconds: Int = 0, recordID: UInt64? = nil) -> Event {
    event([.init("Text", .string(text))], id: id, seconds: seconds, recordID: recordID)
  }

  /// Events "1" to "count", one a second.
  static func numbered(_ numbers: ClosedRange<Int>) -> [Event] {
    numbers.map { text(String($0), seconds: $0, recordID: UInt64($0)) }
  }

  static func bytes(_ events: [Event]) throws -> [UInt8] { try EventLogWriter.log(of: events) }

  /// A log of several chunks, one for each range.
  static func chunks(_ ranges: [ClosedRange<Int>]) throws -> [UInt8] {
    var writer = EventLogWriter()
    for range in ranges {
      for event in numbered(range) { try writer.append(event) }
      writer.closeChunk()
    }
    return writer.finish()
  }

  /// Offsets of the records of a written log, from the start of the file.
  static func records(of log: [UInt8]) -> [Range<Int>] {
    var found: [Range<Int>] = []
    var chunk = 4096
    while chunk + 65_536 <= log.count {
      var at = chunk + 512
      let end = chunk + Int(log.u32(chunk + 48))
      while at + 28 <= end, log.u32(at) == 0x2A2A {
        let size = Int(log.u32(at + 4))
        found.append(at..<at + size)
        at += size
      }
      chunk += 65_536
    }
    return found
  }

  /// Computes the checksums of the chunk at `offset` anew after it was changed.
  static func seal(_ log: inout [UInt8], chunk offset: Int) {
    let free = Int(log.u32(offset + 48))
    log.put(crc(log[offset + 512..<offset + free]), at: offset + 52)
    log.put(crc(log[offset..<offset + 120] + log[offset + 128..<offset + 512]), at: offset + 124)
  }

  static func crc(_ bytes: ArraySlice<UInt8>) -> UInt32 {
    bytes.withUnsafeBytes { CRC32.of(ByteView($0)) }
  }
}

extension [UInt8] {
  func u32(_ offset: Int) -> UInt32 {
    (0..<4).reduce(0) { $0 | UInt32(self[offset + $1]) << UInt32($1 * 8) }
  }

  mutating func put(_ number: UInt32, at offset: Int) {
    for index in 0..<4 { self[offset + index] = UInt8(truncatingIfNeeded: number >> UInt32(index * 8)) }
  }
}
