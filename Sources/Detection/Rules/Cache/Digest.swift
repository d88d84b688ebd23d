import CNettle

/// SHA-256 (FIPS 180-4) of what is handed over piece by piece.
struct Digest {
  static let byteCount = Int(SHA256_DIGEST_SIZE)

  private var context = sha256_ctx()

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
    [UInt8](unsafeUninitializedCapacity: Digest.byteCount) { digest, count in
      nettle_sha256_digest(&context, digest.count, digest.baseAddress)
      count = digest.count
    }
  }
}
