/// Puts a live stream in order: holds each input until none that may still come can be before it.
///
/// An input may be as much as the tolerance older than the newest one seen; what is older is late, dropped and counted.
/// Give everything that `next` returns to `CorrelationEngine.add`, then `watermark` to `advance(to:)`. Files that are read in
/// order of time need no such buffer.
public struct ReorderBuffer: Sendable {
  /// Inputs that were dropped because they came too late.
  public private(set) var lateInputs = 0
  /// Inputs that were let go before their time because the buffer was full: what comes after them and is older is late.
  public private(set) var forcedInputs = 0
  /// Inputs from the future, which did not move the watermark.
  public private(set) var futureInputs = 0
  /// FILETIME: no input before it will be returned any more.
  public private(set) var watermark: UInt64 = 0

  private let tolerance: UInt64
  private let capacity: Int
  private var heap = BinaryHeap<CorrelationInput>()
  /// Time of the last input that was let go.
  private var released: UInt64 = 0
  private var isFinished = false

  /// - Parameters:
  ///   - toleranceSeconds: negative numbers and numbers that are none count as 0, a century is the most.
  ///   - capacity: how many inputs are held at most.
  public init(toleranceSeconds: Double, capacity: Int = 100_000) {
    let seconds = toleranceSeconds > 0 ? min(toleranceSeconds, CorrelationLimits.timespanSeconds) : 0
    tolerance = UInt64((seconds * 10_000_000).rounded())
    self.capacity = max(capacity, 0)
  }

  public var count: Int { heap.count }

  /// - Parameter clock: the present FILETIME, where there is one. An input that is further ahead of it than the tolerance
  ///   is held, but does not make the others late: one host with a wrong clock must not silence all the rest.
  public mutating func add(_ input: CorrelationInput, clock: UInt64? = nil) {
    guard input.time >= max(watermark, released) else {
      lateInputs += 1
      return
    }
    heap.insert(input)
    if let clock, input.time > clock, input.time - clock > tolerance {
      futureInputs += 1
    } else if input.time > tolerance {
      watermark = max(watermark, input.time - tolerance)
    }
  }

  /// The next input in order, when it is certain or when there is no room to wait longer.
  public mutating func next() -> CorrelationInput? {
    guard let first = heap.first else { return nil }
    let isForced = first.time >= watermark && !isFinished
    guard !isForced || heap.count > capacity else { return nil }
    if isForced { forcedInputs += 1 }
    released = first.time
    return heap.removeFirst()
  }

  /// The stream has ended: everything that is held is let go.
  public mutating func finish() {
    watermark = .max
    isFinished = true
  }
}

extension CorrelationInput: HeapElement {}
