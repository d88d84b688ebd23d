/// A growable array of plain values that is never copied and never shrinks: scratch memory of a hot loop.
///
/// Indices are checked; they come from our own counters, so a failure is a fault of this module.
struct FlatBuffer<Element: BitwiseCopyable>: ~Copyable {
  private var base: UnsafeMutablePointer<Element>
  private var capacity: Int
  private(set) var count = 0

  init(capacity: Int) {
    self.capacity = max(capacity, 16)
    base = .allocate(capacity: self.capacity)
  }

  deinit { base.deallocate() }

  subscript(index: Int) -> Element {
    @inline(__always) get {
      precondition(index >= 0 && index < count)
      return base[index]
    }
    @inline(__always) _modify {
      precondition(index >= 0 && index < count)
      yield &base[index]
    }
  }

  @inline(__always)
  mutating func append(_ element: Element) {
    if count == capacity { grow(to: count &+ 1) }
    base[count] = element
    count &+= 1
  }

  /// Makes room for `additional` elements and counts them in; their values are whatever was there.
  @inline(__always)
  mutating func extend(by additional: Int) {
    if count &+ additional > capacity { grow(to: count &+ additional) }
    count &+= additional
  }

  @inline(__always)
  mutating func truncate(to newCount: Int) {
    precondition(newCount >= 0 && newCount <= count)
    count = newCount
  }

  mutating func fill(_ element: Element, count newCount: Int) {
    count = 0
    extend(by: newCount)
    base.update(repeating: element, count: newCount)
  }

  @inline(never)
  private mutating func grow(to wanted: Int) {
    var larger = capacity &* 2
    while larger < wanted { larger = larger &* 2 }
    let fresh = UnsafeMutablePointer<Element>.allocate(capacity: larger)
    fresh.update(from: base, count: count)
    base.deallocate()
    base = fresh
    capacity = larger
  }
}
