import Sigma
import WindowsFormats

/// Patterns with wildcards as flat programs, and the literals of all of them in one run of bytes.
struct WildcardTable {
  struct Piece: BitwiseCopyable {
    enum Kind: UInt8, BitwiseCopyable { case literal, anyRun, anyCharacter }

    var kind: Kind
    /// Where the literal stands in `bytes`.
    var offset: Int32
    var byteCount: Int32
  }

  private(set) var pieces: [Piece] = []
  /// First piece of each program, and the end of the last one.
  private(set) var starts: [Int32] = [0]
  private(set) var bytes: [UInt8] = []

  /// The number of a pattern's program; its literals are folded unless the pattern asks for letter case.
  mutating func add(_ pattern: TextPattern) -> Int {
    for element in pattern.elements {
      switch element {
      case .anyRun: pieces.append(Piece(kind: .anyRun, offset: 0, byteCount: 0))
      case .anyCharacter: pieces.append(Piece(kind: .anyCharacter, offset: 0, byteCount: 0))
      case .literal(let text):
        let literal = pattern.isCased ? Array(text.utf8) : Folding.bytes(of: text)
        pieces.append(Piece(kind: .literal, offset: Int32(bytes.count), byteCount: Int32(literal.count)))
        bytes += literal
      }
    }
    starts.append(Int32(pieces.count))
    return starts.count - 2
  }

  func byteCount(of program: Int) -> Int {
    pieces[Int(starts[program])..<Int(starts[program + 1])].reduce(1) { $0 + Int($1.byteCount) }
  }
}

/// Compiled patterns and their matcher: two positions and one place to go back to, the run met last. What an earlier
/// run took need never be changed, so there is no backtracking beyond that.
struct WildcardMatcher {
  let pieces: FlatView<WildcardTable.Piece>
  let literals: ByteView

  enum Outcome { case matches, differs, tooLong }

  /// Matches the pieces of a program against a whole value, UTF-8 at `start..<end`.
  func match(_ program: Range<Int>, _ text: ByteView, _ start: Int, _ end: Int) -> Outcome {
    var piece = program.lowerBound
    var at = start
    var runPiece = -1
    var runAt = 0
    var steps = 0
    while true {
      if piece < program.upperBound {
        let current = pieces[piece]
        steps &+= 1 &+ Int(current.byteCount)
        if steps > EngineLimits.wildcardSteps { return .tooLong }
        if current.kind == .anyRun {
          if piece &+ 1 == program.upperBound { return .matches }
          runPiece = piece
          runAt = at
          piece &+= 1
          continue
        }
        if let next = take(current, text, at, end) {
          at = next
          piece &+= 1
          continue
        }
      } else if at == end {
        return .matches
      }
      guard runPiece >= 0, runAt < end else { return .differs }
      guard let next = nextStart(after: runPiece, text, runAt, end) else { return .differs }
      steps &+= next &- runAt
      runAt = next
      at = next
      piece = runPiece &+ 1
    }
  }

  /// Where the text goes on behind a piece that stands at `at`.
  private func take(_ piece: WildcardTable.Piece, _ text: ByteView, _ at: Int, _ end: Int) -> Int? {
    if piece.kind == .anyCharacter { return at < end ? at &+ UTF8Scalar.byteCount(text, at: at, end: end) : nil }
    let count = Int(piece.byteCount)
    guard count <= end &- at, text.isEqual(at: at, to: literals, at: Int(piece.offset), byteCount: count) else {
      return nil
    }
    return at &+ count
  }

  /// The next place at which what follows a run may start: where its literal stands, else one character on.
  private func nextStart(after run: Int, _ text: ByteView, _ at: Int, _ end: Int) -> Int? {
    let next = at &+ UTF8Scalar.byteCount(text, at: at, end: end)
    let piece = pieces[run &+ 1]
    guard piece.kind == .literal else { return next }
    return text.firstIndex(of: literals, at: Int(piece.offset), byteCount: Int(piece.byteCount), from: next, to: end)
  }
}
