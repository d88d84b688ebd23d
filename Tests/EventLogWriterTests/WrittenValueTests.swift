import Testing
import TestSupport
import WindowsFormats

@Suite struct WrittenValueTests {
  /// The bytes and the descriptor of one value: the only field of an event of its own.
  private func written(_ value: Value, terminated: Bool = false) throws -> (type: UInt8, bytes: [UInt8]) {
    var event = SampleEvents.plain([.init("Field", value)])
    event.terminatesStrings = terminated
    let chunk = try #require(LogLayout(try EventLogWriter.log(of: [event, event])).chunks.first)
    // The second record has no definitions: 18 descriptors, their values, then the payload's instance.
    let record = chunk.records[1]
    let descriptors = record.offset + 42
    let values = (0..<17).reduce(descriptors + 18 * 4) { $0 + chunk.bytes.u16(at: descriptors + $1 * 4) }
    let payload = values + (terminated ? 0 : 4) + 10
    try #require(chunk.bytes.u32(at: payload) == 1)
    let size = chunk.bytes.u16(at: payload + 4)
    return (chunk.bytes[payload + 6], Array(chunk.bytes[payload + 8..<payload + 8 + size]))
  }

  @Test func scalarsHaveTheirTypeAndLittleEndianBytes() throws {
    let cases: [(Value, UInt8, [UInt8])] = [
      (.null, 0x00, []), ("é", 0x01, [0xE9, 0]), ("", 0x01, []), (.ansiString([0xE9]), 0x02, [0xE9]),
      (.int8(-2), 0x03, [0xFE]), (.uint8(254), 0x04, [0xFE]), (.int16(-2), 0x05, [0xFE, 0xFF]),
      (.uint16(0x1234), 0x06, [0x34, 0x12]), (.int32(-2), 0x07, [0xFE, 0xFF, 0xFF, 0xFF]),
      (.uint32(0x1234_5678), 0x08, [0x78, 0x56, 0x34, 0x12]), (.int64(-1), 0x09, [UInt8](repeating: 0xFF, count: 8)),
      (.uint64(1), 0x0A, [1, 0, 0, 0, 0, 0, 0, 0]), (.float(1), 0x0B, [0, 0, 0x80, 0x3F]),
      (.double(1), 0x0C, [0, 0, 0, 0, 0, 0, 0xF0, 0x3F]), (true, 0x0D, [1, 0, 0, 0]), (false, 0x0D, [0, 0, 0, 0]),
      (.binary([1, 2]), 0x0E, [1, 2]),
      (
        .guid(.init(0x0011_2233, 0x4455, 0x6677, 0x8899_AABB_CCDD_EEFF)), 0x0F,
        [0x33, 0x22, 0x11, 0, 0x55, 0x44, 0x77, 0x66, 0x88, 0x99, 0xAA, 0xBB, 0xCC, 0xDD, 0xEE, 0xFF]
      ),
      (.sizeT(2), 0x10, [2, 0, 0, 0, 0, 0, 0, 0]), (.fileTime(3), 0x11, [3, 0, 0, 0, 0, 0, 0, 0]),
      (.sid(.localSystem), 0x13, [1, 1, 0, 0, 0, 0, 0, 5, 18, 0, 0, 0]), (.hexInt32(4), 0x14, [4, 0, 0, 0]),
      (.hexInt64(5), 0x15, [5, 0, 0, 0, 0, 0, 0, 0]),
    ]
    for (value, type, bytes) in cases {
      let result = try written(value)
      #expect(result.type == type && result.bytes == bytes, "\(value)")
    }
  }

  @Test func systemTimeKnowsItsWeekday() throws {
    // A Thursday, and the Monday from which FILETIME counts.
    let leapDay = CivilTime(year: 2024, month: 2, day: 29, hour: 1, minute: 2, second: 3, ticks: 45_678)
    #expect(try written(.systemTime(leapDay)).bytes == [0xE8, 7, 2, 0, 4, 0, 29, 0, 1, 0, 2, 0, 3, 0, 4, 0])
    #expect(try written(.systemTime(CivilTime(fileTime: 0))).bytes[4] == 1)
  }

  @Test func arraysHaveTheFlagAndTheirElementsSideBySide() throws {
    let texts = try written(.array(of: .string, ["a", ""]))
    #expect(texts.type == 0x81 && texts.bytes == [0x61, 0, 0, 0, 0, 0])
    let numbers = try written(.array(of: .uint16, [.uint16(1), .uint16(2)]))
    #expect(numbers.type == 0x86 && numbers.bytes == [1, 0, 2, 0])
    let empty = try written(.array(of: .uint32, []))
    #expect(empty.type == 0x88 && empty.bytes.isEmpty)
    for (name, value) in SampleEvents.arrays {
      let type = try written(value).type
      #expect(type == value.type.rawValue | 0x80, "\(name)")
    }
  }

  @Test func tracedPayloadsTerminateTheirTexts() throws {
    #expect(try written("x", terminated: true).bytes == [0x78, 0, 0, 0])
    #expect(try written("", terminated: true).bytes == [0, 0])
    #expect(try written(.null, terminated: true).bytes.isEmpty)
  }

  @Test func surrogatePairsStayTwoUnits() throws {
    #expect(try written("🏯").bytes == [0x3C, 0xD8, 0xEF, 0xDF])
  }

  @Test func identifiersAreReadFromText() {
    let guid = EventLogWriter.GUID("{1418ef04-b0b4-4623-bf7e-d74ab47bbdaa}")
    #expect(guid == .init(0x1418_EF04, 0xB0B4, 0x4623, 0xBF7E_D74A_B47B_BDAA))
    #expect(guid?.bracedText == "{1418ef04-b0b4-4623-bf7e-d74ab47bbdaa}")
    #expect(EventLogWriter.GUID("1418ef04-b0b4-4623-bf7e") == nil)
    #expect(EventLogWriter.GUID("+418ef04-b0b4-4623-bf7e-d74ab47bbdaa") == nil)
    #expect(EventLogWriter.SID("S-1-5-32-544") == .init(authority: 5, [32, 544]))
    #expect(EventLogWriter.SID("S-1-5-32-x") == nil)
    #expect(EventLogWriter.SID("S-2-5") == nil)
  }
}
