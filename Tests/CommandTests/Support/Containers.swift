/// Archives as small as formats allow: members stored as they are.
enum Containers {
  static func tar(_ members: [(name: String, bytes: [UInt8])]) -> [UInt8] {
    var archive: [UInt8] = []
    for member in members {
      var header = [UInt8](repeating: 0, count: 512)
      func put(_ text: String, _ offset: Int) {
        for (index, byte) in text.utf8.enumerated() { header[offset + index] = byte }
      }
      func octal(_ number: Int, _ width: Int) -> String {
        let digits = String(number, radix: 8)
        return String(repeating: "0", count: width - digits.count) + digits
      }
      put(member.name, 0)
      put("0000644\0", 100)
      put(octal(member.bytes.count, 11) + "\0", 124)
      put(octal(0, 11) + "\0", 136)
      put("        ", 148)
      put("0", 156)
      put("ustar\u{0}00", 257)
      put(octal(header.reduce(0) { $0 + Int($1) }, 6) + "\0 ", 148)
      archive += header + member.bytes + [UInt8](repeating: 0, count: (512 - member.bytes.count % 512) % 512)
    }
    return archive + [UInt8](repeating: 0, count: 1024)
  }

  static func zip(_ members: [(name: String, bytes: [UInt8])]) -> [UInt8] {
    var archive: [UInt8] = []
    var directory: [UInt8] = []
    for member in members {
      let name = Array(member.name.utf8)
      let size = UInt32(member.bytes.count)
      // Version, UTF-8 names, stored, time, date; checksum, sizes, length of the name, no extra field.
      let common =
        words(20, 0x800, 0, 0, 0x21) + longs(Logs.crc(member.bytes[...]), size, size) + words(UInt16(name.count), 0)
      directory += longs(0x0201_4B50) + words(20) + common + words(0, 0, 0) + longs(0, UInt32(archive.count)) + name
      archive += longs(0x0403_4B50) + common + name + member.bytes
    }
    let count = UInt16(members.count)
    return archive + directory + longs(0x0605_4B50) + words(0, 0, count, count)
      + longs(UInt32(directory.count), UInt32(archive.count)) + words(0)
  }

  private static func words(_ numbers: UInt16...) -> [UInt8] { numbers.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] } }

  private static func longs(_ numbers: UInt32...) -> [UInt8] {
    numbers.flatMap { number in (0..<4).map { UInt8(truncatingIfNeeded: number >> UInt32($0 * 8)) } }
  }
}
