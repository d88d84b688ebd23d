/// Simple case folding (Unicode, CaseFolding.txt, statuses C and S): one scalar for one scalar, independent of language.
/// Both sides of a comparison that does not mind letter case are folded with it.
///
/// `ẞ` folds to `ß` but `ß` not to `ss`, and the dotted `İ` stays itself.
public enum CaseFolding {
  public static func fold(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
    Unicode.Scalar(fold(scalar.value)) ?? scalar
  }

  static func fold(_ scalar: UInt32) -> UInt32 {
    scalar < 0x80 ? scalar &- UInt32(ascii: "A") < 26 ? scalar | 0x20 : scalar : table[scalar]
  }

  public static func fold(_ text: String) -> String {
    var text = text
    return text.withUTF8 { String(decoding: fold($0), as: UTF8.self) }
  }

  /// Folds UTF-8. Bytes that are no UTF-8 stay as they are.
  public static func fold(_ utf8: UnsafeBufferPointer<UInt8>) -> [UInt8] {
    let capacity = maximumCount(of: utf8.count)
    return [UInt8](unsafeUninitializedCapacity: capacity) { output, count in
      count = fold(utf8, into: output) ?? 0
    }
  }

  public static func fold(_ utf8: [UInt8]) -> [UInt8] { utf8.withUnsafeBufferPointer { fold($0) } }

  /// How many bytes so many bytes can become: two letters of two bytes (Ⱥ, Ⱦ) fold to three.
  public static func maximumCount(of count: Int) -> Int { count + count / 2 }

  static let table = FoldingTable()
}

extension UInt32 {
  fileprivate init(ascii scalar: Unicode.Scalar) { self = scalar.value }
}

/// Distances to the folding, in pages of 128 scalars; pages without any share one.
struct FoldingTable: Sendable {
  private let pages: [UInt8]
  private let distances: [Int32]

  init() {
    let last = CaseFolding.runs.map(\.last).max() ?? 0
    var pages = [UInt8](repeating: 0, count: Int(last >> 7) + 1)
    var distances = [Int32](repeating: 0, count: 128)
    for run in CaseFolding.runs {
      for scalar in stride(from: run.first, through: run.last, by: Int(run.stride)) {
        let page = Int(scalar >> 7)
        if pages[page] == 0 {
          pages[page] = UInt8(distances.count / 128)
          distances += Array(repeating: 0, count: 128)
        }
        distances[Int(pages[page]) * 128 + Int(scalar & 127)] = run.distance
      }
    }
    self.pages = pages
    self.distances = distances
  }

  subscript(scalar: UInt32) -> UInt32 {
    let page = Int(scalar >> 7)
    guard page < pages.count else { return scalar }
    return UInt32(
      truncatingIfNeeded: Int32(truncatingIfNeeded: scalar) &+ distances[Int(pages[page]) * 128 + Int(scalar & 127)])
  }
}
