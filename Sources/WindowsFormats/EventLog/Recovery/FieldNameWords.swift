/// The words that names of fields are made of: `ProcessCommandLine` is made of `Process`, `Command` and `Line`.
///
/// A name that nobody has seen before is still believed when it is made of words of other names. A flipped bit makes
/// another word of one in some thousand; series of numbers, where it makes another number, are left out.
enum FieldNameWords {
  /// Shorter words say too little: one flipped bit makes one of another.
  static let minimumCount = 2

  /// The words of a name; nil when something in it is neither a letter nor an underscore.
  static func split(_ name: String) -> [Substring]? {
    var words: [Substring] = []
    let bytes = Array(name.utf8)
    var start = 0
    var at = 0
    while at < bytes.count {
      guard let kind = Kind(bytes[at]) else { return nil }
      let previous = at > start ? Kind(bytes[at - 1]) : nil
      let next = at + 1 < bytes.count ? Kind(bytes[at + 1]) : nil
      let endsRun = kind == .upper && previous == .upper && next == .lower
      if at > start && (kind == .upper && previous == .lower || endsRun || kind == .separator) {
        words.append(name.utf8Slice(start..<at))
        start = at
      }
      at += 1
      if kind == .separator { start = at }
    }
    if at > start { words.append(name.utf8Slice(start..<at)) }
    return words
  }

  private enum Kind {
    case upper, lower, separator

    init?(_ byte: UInt8) {
      switch byte {
      case 0x41...0x5A: self = .upper
      case 0x61...0x7A: self = .lower
      case 0x5F, 0x20: self = .separator
      default: return nil
      }
    }
  }
}

extension String {
  fileprivate func utf8Slice(_ range: Range<Int>) -> Substring {
    self[utf8.index(startIndex, offsetBy: range.lowerBound)..<utf8.index(startIndex, offsetBy: range.upperBound)]
  }
}
