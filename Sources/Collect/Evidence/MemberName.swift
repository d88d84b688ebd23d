internal import CArchive
import Glibc

/// Names of archive members as text, whatever the archive wrote them in.
enum MemberName {
  /// The name of an entry; a number takes the place of one that is missing, so that no member is lost for its name.
  ///
  /// In this order: what the library converts to UTF-8 (UTF-8 zips, 7z, tar); the stored bytes, when they are UTF-8;
  /// Windows code page 932, when they are that and not plain half-width letters; UTF-8 with U+FFFD.
  static func text(of entry: OpaquePointer?, index: Int) -> String {
    if let utf8 = archive_entry_pathname_utf8(entry) { return String(cString: utf8) }
    if let stored = archive_entry_pathname(entry) {
      return text(UnsafeRawBufferPointer(start: stored, count: strlen(stored)))
    }
    if let wide = archive_entry_pathname_w(entry) { return text(wide) }
    return "member-\(index)"
  }

  static func text(_ bytes: UnsafeRawBufferPointer) -> String {
    String(validating: bytes, as: UTF8.self) ?? codePage932(bytes) ?? String(decoding: bytes, as: UTF8.self)
  }

  /// Wide characters are code points here; those that are none become U+FFFD.
  private static func text(_ wide: UnsafePointer<wchar_t>) -> String {
    var scalars = String.UnicodeScalarView()
    var next = wide
    while next.pointee != 0 {
      scalars.append(Unicode.Scalar(UInt32(bitPattern: next.pointee)) ?? "\u{FFFD}")
      next += 1
    }
    return String(scalars)
  }

  /// Zip programs of Japanese Windows write this without saying so. Every byte of a Western code page is a half-width
  /// katakana letter in it, so a name has to have one full-width letter to be believed.
  private static func codePage932(_ bytes: UnsafeRawBufferPointer) -> String? {
    guard let converter = iconv_open("UTF-8", "CP932"), converter != iconv_t(bitPattern: -1) else { return nil }
    defer { iconv_close(converter) }
    var input = bytes.map { CChar(bitPattern: $0) }
    var output = [CChar](repeating: 0, count: bytes.count * 3)
    let written: Int? = input.withUnsafeMutableBufferPointer { input in
      output.withUnsafeMutableBufferPointer { output in
        var source = input.baseAddress
        var target = output.baseAddress
        var sourceLeft = input.count
        var targetLeft = output.count
        guard iconv(converter, &source, &sourceLeft, &target, &targetLeft) == 0, sourceLeft == 0 else { return nil }
        return output.count - targetLeft
      }
    }
    guard let written else { return nil }
    let text = String(decoding: output[..<written].map { UInt8(bitPattern: $0) }, as: UTF8.self)
    return text.unicodeScalars.contains { !$0.isASCII && !(0xFF61...0xFF9F).contains($0.value) } ? text : nil
  }

  /// Zips made on Windows may hold backslashes.
  static func lastComponent(of name: String) -> String {
    let start = name.utf8.lastIndex { $0 == 0x2F || $0 == 0x5C }.map { name.utf8.index(after: $0) }
    return String(name[(start ?? name.startIndex)...])
  }

  static func isFolder(_ name: String) -> Bool { name.utf8.last.map { $0 == 0x2F || $0 == 0x5C } ?? false }

  static func withoutCompression(_ name: String) -> String {
    let lower = name.lowercased()
    let suffix = [".gz", ".gzip", ".bz2", ".xz", ".zst", ".zstd"].first { lower.hasSuffix($0) }
    return suffix.map { String(name.dropLast($0.count)) } ?? name
  }
}

/// The locale that names are converted in.
///
/// libarchive asks the C library for the code set of the current locale. It is set around each call and for the calling
/// thread only; the process keeps the locale that it has.
final class TextLocale {
  private let locale: locale_t?

  init() {
    locale = newlocale(1 << 0 /* LC_CTYPE_MASK */, "C.UTF-8", nil)
  }

  deinit {
    if let locale { freelocale(locale) }
  }

  func use<Result>(_ body: () -> Result) -> Result {
    guard let locale else { return body() }
    let before = uselocale(locale)
    defer { _ = uselocale(before) }
    return body()
  }
}
