/// What makes a record of one log the same record: its identifier and the time it was written.
///
/// Identifiers start anew when a log is cleared, so the identifier alone is not enough.
public struct RecordKey: Hashable, Sendable {
  public var recordID: UInt64
  /// FILETIME of the record's frame.
  public var fileTime: UInt64

  public init(recordID: UInt64, fileTime: UInt64) {
    self.recordID = recordID
    self.fileTime = fileTime
  }

  /// 64 well-mixed bits; two records of one log share them with a probability of about 1 in 10^19.
  var mixed: UInt64 {
    var mix = recordID &* 0x9E37_79B9_7F4A_7C15 ^ fileTime
    mix = (mix ^ mix >> 30) &* 0xBF58_476D_1CE4_E5B9
    mix = (mix ^ mix >> 27) &* 0x94D0_49BB_1331_11EB
    return mix ^ mix >> 31
  }
}

/// The keys of a file's records in 8 bytes each: a log of 2 GB has some two million.
public struct RecordKeySet: ~Copyable, Sendable {
  private var table: [UInt64]
  public private(set) var count = 0

  public init() { table = [UInt64](repeating: 0, count: 1024) }

  /// - Returns: Whether the key is new.
  @discardableResult
  public mutating func insert(_ key: RecordKey) -> Bool {
    if count * 4 > table.count * 3 { grow() }
    let mixed = key.mixed | 1
    let mask = table.count - 1
    var at = Int(truncatingIfNeeded: mixed >> 1) & mask
    while table[at] != 0 {
      if table[at] == mixed { return false }
      at = (at + 1) & mask
    }
    table[at] = mixed
    count += 1
    return true
  }

  private mutating func grow() {
    let old = table
    table = [UInt64](repeating: 0, count: old.count * 2)
    let mask = table.count - 1
    for mixed in old where mixed != 0 {
      var at = Int(truncatingIfNeeded: mixed >> 1) & mask
      while table[at] != 0 { at = (at + 1) & mask }
      table[at] = mixed
    }
  }
}
