import CNettle

/// SHA-256 (FIPS 180-4) by Nettle, which libarchive brings into the process anyway.
public enum SHA256 {
  /// The digest as 64 hexadecimal digits.
  public static func hexadecimal(of bytes: UnsafeRawBufferPointer) -> String {
    var context = sha256_ctx()
    nettle_sha256_init(&context)
    nettle_sha256_update(&context, bytes.count, bytes.assumingMemoryBound(to: UInt8.self).baseAddress)
    return withUnsafeTemporaryAllocation(of: UInt8.self, capacity: Int(SHA256_DIGEST_SIZE)) { digest in
      nettle_sha256_digest(&context, digest.count, digest.baseAddress)
      return String(unsafeUninitializedCapacity: digest.count * 2) { text in
        for (index, byte) in digest.enumerated() {
          text[index * 2] = digit(byte >> 4)
          text[index * 2 + 1] = digit(byte & 15)
        }
        return digest.count * 2
      }
    }
  }

  public static func hexadecimal(of text: String) -> String {
    var text = text
    return text.withUTF8 { hexadecimal(of: UnsafeRawBufferPointer($0)) }
  }

  private static func digit(_ value: UInt8) -> UInt8 { value < 10 ? 48 + value : 87 + value }
}
