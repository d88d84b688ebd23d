import WindowsFormats

/// Keeps what rule files came to, so that the next start with the same files need not parse and compile them.
///
/// A cache file is the key's, and is taken when all of this holds: it is a regular file of this user that nobody else
/// may write, in a folder of which the same is true; its head has the key; its digest is right; and every number in it
/// lies where numbers of its kind may (`CompiledRules.check`). Otherwise the rules are compiled and the file is written
/// anew. Whoever can write a user's own files can change what is found; nobody can make the program read where it must
/// not, or stop it.
///
///     0   magic      8 bytes, also tells the machine's byte order
///     8   format     UInt64, `format`
///     16  key        32 bytes, `RuleCacheKey`
///     48  byteCount  UInt64, of the body
///     56  body       `RuleBookContents.encoded`
///     …   digest     32 bytes, SHA-256 of all before it
public struct RuleCache: Sendable {
  /// Grows with every change of what a cache file holds.
  static let format: UInt64 = 1
  static let magic: UInt64 = 0x4343_5241_4755_4759
  static let headByteCount = 56

  /// What tells the program from any other version of itself: rules mean what its code makes of them.
  public let program: String
  private let folder: CacheFolder

  /// - Parameters:
  ///   - folder: Made when it is missing; when it cannot be used, nothing is kept and nobody is told.
  ///   - program: Different for every build.
  public init(folder: String, program: String) {
    self.program = program
    self.folder = CacheFolder(path: folder)
  }

  func contents(for key: RuleCacheKey) -> RuleBookContents? {
    folder.read(RuleCache.name(of: key)) { RuleCache.decode($0, for: key) }
  }

  func keep(_ contents: RuleBookContents, for key: RuleCacheKey) {
    folder.write(RuleCache.encode(contents, for: key), to: RuleCache.name(of: key))
  }

  static func name(of key: RuleCacheKey) -> String { "rules-\(key.hexadecimal).cache" }

  static func encode(_ contents: RuleBookContents, for key: RuleCacheKey) -> [UInt8] {
    let body = contents.encoded()
    var file = ByteSink(capacity: headByteCount + body.count + SHA256.byteCount)
    withUnsafeBytes(of: (magic, format)) { file.append($0) }
    file.append(key.bytes)
    withUnsafeBytes(of: body.count) { file.append($0) }
    file.append(body)
    var digest = SHA256()
    file.withBytes { digest.add($0) }
    file.append(digest.finish())
    return file.array()
  }

  static func decode(_ bytes: UnsafeRawBufferPointer, for key: RuleCacheKey) -> RuleBookContents? {
    let view = ByteView(bytes)
    let bodyByteCount = bytes.count - headByteCount - SHA256.byteCount
    guard bodyByteCount > 0, view.u64(0) == magic, view.u64(8) == format, view.bytes(16, key.bytes.count) == key.bytes,
      view.u64(48) == UInt64(bodyByteCount), let body = view.slice(headByteCount, bodyByteCount)
    else { return nil }
    var digest = SHA256()
    digest.add(UnsafeRawBufferPointer(rebasing: bytes.dropLast(SHA256.byteCount)))
    guard digest.finish() == view.bytes(headByteCount + bodyByteCount, SHA256.byteCount) else { return nil }
    return try? RuleBookContents(decoding: body)
  }
}
