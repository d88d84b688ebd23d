package import WindowsFormats

/// A container whose inside is looked at, recognised by its signature.
///
/// A `compressed` stream holds one file without a name; when that file is a tar, the two count as one container.
package enum ContainerFormat: Hashable, Sendable {
  case zip
  case sevenZip
  case tar
  case compressed(Compression)
  case compressedTar(Compression)

  package enum Compression: Hashable, Sendable, CaseIterable {
    case gzip, bzip2, xz, zstandard
  }

  /// The format that the first bytes of a file announce; nil when they announce none.
  package init?(head: ByteView) {
    switch head.u32(0) {
    // Local file header; end record of an empty archive; the markers of split archives.
    case 0x0403_4B50, 0x0605_4B50, 0x0807_4B50, 0x3030_4B50: self = .zip
    case 0xAFBC_7A37 where head.u16(4) == 0x1C27: self = .sevenZip
    case 0x587A_37FD where head.u16(4) == 0x005A: self = .compressed(.xz)
    case 0xFD2F_B528: self = .compressed(.zstandard)
    default:
      if head.u16(0) == 0x8B1F, head.u8(2) == 8 {
        self = .compressed(.gzip)
      } else if Self.isBzip2(head) {
        self = .compressed(.bzip2)
      } else if Self.isTar(head) {
        self = .tar
      } else {
        return nil
      }
    }
  }

  /// `BZh1` to `BZh9`, then the block signature or the end-of-stream signature.
  private static func isBzip2(_ head: ByteView) -> Bool {
    guard head.u16(0) == 0x5A42, head.u8(2) == 0x68, let level = head.u8(3), (0x31...0x39).contains(level) else {
      return false
    }
    return head.u32(4) == 0x2659_4131 || head.u32(4) == 0x3845_7217
  }

  /// `ustar` at 257, as POSIX and GNU write it; the older format without it is not told from other bytes.
  private static func isTar(_ head: ByteView) -> Bool {
    head.u32(257) == 0x6174_7375 && head.u8(261) == 0x72
  }

  /// Whether members are reached by seeking, so that passing over one costs nothing.
  var seeks: Bool { self == .zip || self == .sevenZip }

  var isTar: Bool {
    if case .compressedTar = self { true } else { self == .tar }
  }
}
