@testable import WindowsFormats

/// A chunk with two records of one template, made of the template's content and a table of values.
enum TemplateChunk {
  static let contentOffset = 574

  static func bytes(of input: UnsafeBufferPointer<UInt8>) -> [UInt8]? {
    guard input.count >= 2 else { return nil }
    let stated = Int(input[0]) | Int(input[1]) << 8
    let length = min(stated, input.count - 2)
    let content = input[2..<2 + length]
    let values = input[(2 + length)...]
    guard content.count + values.count * 2 < 60_000 else { return nil }

    var chunk = [UInt8](repeating: 0, count: EventLogChunk.headerByteCount)
    put(EventLogChunk.signature, 8, at: 0, in: &chunk)
    append(to: &chunk, recordID: 1) { bytes in
      bytes += instanceHead(definition: 550)
      bytes += [0, 0, 0, 0] + [UInt8](repeating: 0x11, count: 16)
      append(UInt64(length), 4, to: &bytes)
      bytes += content
      bytes += values
    }
    append(to: &chunk, recordID: 2) { bytes in
      bytes += instanceHead(definition: 550)
      bytes += values
    }
    put(UInt64(chunk.count), 4, at: 48, in: &chunk)
    return chunk
  }

  private static func instanceHead(definition: UInt64) -> [UInt8] {
    var bytes: [UInt8] = [0x0F, 1, 1, 0, 0x0C, 1, 0x11, 0x11, 0x11, 0x11]
    append(definition, 4, to: &bytes)
    return bytes
  }

  private static func append(to chunk: inout [UInt8], recordID: UInt64, _ content: (inout [UInt8]) -> Void) {
    let start = chunk.count
    append(0x2A2A, 8, to: &chunk)
    append(recordID, 8, to: &chunk)
    append(133_601_526_001_234_560, 8, to: &chunk)
    content(&chunk)
    chunk += [UInt8](repeating: 0, count: 12 - (chunk.count + 4) % 8)
    put(UInt64(chunk.count - start), 4, at: start + 4, in: &chunk)
    put(UInt64(chunk.count - start), 4, at: chunk.count - 4, in: &chunk)
  }

  private static func append(_ number: UInt64, _ byteCount: Int, to bytes: inout [UInt8]) {
    for index in 0..<byteCount { bytes.append(UInt8(truncatingIfNeeded: number >> UInt64(index * 8))) }
  }

  private static func put(_ number: UInt64, _ byteCount: Int, at offset: Int, in bytes: inout [UInt8]) {
    for index in 0..<byteCount { bytes[offset + index] = UInt8(truncatingIfNeeded: number >> UInt64(index * 8)) }
  }
}
