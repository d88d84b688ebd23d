import CNettle

/// SHA-256 (FIPS 180-4) by Nettle, which libarchive brings into the process anyway.
public struct SHA256 {
  /// Bytes of a digest.
  static let byteCount = Int(SHA256_DIGEST_SIZE)

  private var context = sha256_ctx()

  /// A digest of what is handed over piece by piece.
  init() { nettle_sha256_init(&context) }

  mutating func add(_ bytes: UnsafeRawBufferPointer) {
    nettle_sha256_update(&context, bytes.count, bytes.assumingMemoryBound(to: UInt8.self).baseAddress)
  }

  /// A piece with its length, so that no two lists of pieces are the same run of bytes.
  mutating func add(piece: UnsafeRawBufferPointer) {
    withUnsafeBytes(of: UInt64(piece.count).littleEndian) { add($0) }
    add(piece)
  }

  mutating func add(piece text: String) {
    var text = text
    text.withUTF8 { add(piece: UnsafeRawBufferPointer($0)) }
  }

  mutating func add(piece bytes: [UInt8]) { bytes.withUnsafeBytes { add(piece: $0) } }

  mutating func finish() -> [UInt8] {
    [UInt8](unsafeUninitializedCapacity: SHA256.byteCount) { digest, count in
      nettle_sha256_digest(&context, digest.count, digest.baseAddress)
      count = digest.count
    }
  }

  // MARK: As text

  /// The digest as 64 hexadecimal digits.
  public static func hexadecimal(of bytes: UnsafeRawBufferPointer) -> String {
    var sum = SHA256()
    sum.add(bytes)
    return withUnsafeTemporaryAllocation(of: UInt8.self, capacity: byteCount) { digest in
      nettle_sha256_digest(&sum.context, digest.count, digest.baseAddress)
      return hexadecimal(digest)
    }
  }

  public static func hexadecimal(of text: String) -> String {
    var text = text
    return text.withUTF8 { hexadecimal(of: UnsafeRawBufferPointer($0)) }
  }

  /// Bytes as two digits each.
  static func hexadecimal(_ bytes: some Collection<UInt8>) -> String {
    String(unsafeUninitializedCapacity: bytes.count * 2) { text in
      for (index, byte) in bytes.enumerated() {
        text[index * 2] = digit(byte >> 4)
        text[index * 2 + 1] = digit(byte & 15)
      }
      return bytes.count * 2
    }
  }

  private static func digit(_ value: UInt8) -> UInt8 { value < 10 ? 48 + value : 87 + value }
}
