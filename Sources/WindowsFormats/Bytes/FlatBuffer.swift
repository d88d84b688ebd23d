/// A growable array of plain values that is never copied and never shrinks: scratch memory of a hot loop.
///
/// Indices are checked; they come from our own counters, so a failure is a fault of this package. Members are inlinable:
/// the matching engine lives in another module, and a call per element would cost more than the element.
@usableFromInline
package struct FlatBuffer<Element: BitwiseCopyable>: ~Copyable {
  @usableFromInline var base: UnsafeMutablePointer<Element>
  @usableFromInline var capacity: Int
  @usableFromInline package private(set) var count = 0

  @inlinable
  package init(capacity: Int) {
    self.capacity = max(capacity, 16)
    base = .allocate(capacity: self.capacity)
  }

  deinit { base.deallocate() }

  @inlinable
  package subscript(index: Int) -> Element {
    @inline(__always) get {
      precondition(index >= 0 && index < count)
      return base[index]
    }
    @inline(__always) _modify {
      precondition(index >= 0 && index < count)
      yield &base[index]
    }
  }

  @inlinable @inline(__always)
  package mutating func append(_ element: Element) {
    if count == capacity { grow(to: count &+ 1) }
    base[count] = element
    count &+= 1
  }

  /// Makes room for `additional` elements and counts them in; their values are whatever was there.
  @inlinable @inline(__always)
  package mutating func extend(by additional: Int) {
    if count &+ additional > capacity { grow(to: count &+ additional) }
    count &+= additional
  }

  @inlinable @inline(__always)
  package mutating func truncate(to newCount: Int) {
    precondition(newCount >= 0 && newCount <= count)
    count = newCount
  }

  @inlinable
  package mutating func fill(_ element: Element, count newCount: Int) {
    count = 0
    extend(by: newCount)
    base.update(repeating: element, count: newCount)
  }

  @usableFromInline @inline(never)
  mutating func grow(to wanted: Int) {
    var larger = capacity &* 2
    while larger < wanted { larger = larger &* 2 }
    let fresh = UnsafeMutablePointer<Element>.allocate(capacity: larger)
    fresh.update(from: base, count: count)
    base.deallocate()
    base = fresh
    capacity = larger
  }
}

extension FlatBuffer {
  /// The elements so far; valid until the next element is added and as long as the buffer is.
  @inlinable
  package var view: FlatView<Element> { FlatView(base: base, count: count) }
}

/// A borrowed run of plain values: what `ByteView` is for bytes. The owner keeps the memory alive and in place.
@usableFromInline
package struct FlatView<Element: BitwiseCopyable>: @unchecked Sendable {
  @usableFromInline let base: UnsafePointer<Element>
  @usableFromInline package let count: Int

  @inlinable
  init(base: UnsafePointer<Element>, count: Int) {
    self.base = base
    self.count = count
  }

  @inlinable
  package subscript(index: Int) -> Element {
    @inline(__always) get {
      precondition(index >= 0 && index < count)
      return base[index]
    }
  }
}

/// Plain values that were worked out once and are read from then on, by any thread.
@usableFromInline
package final class FlatTable<Element: BitwiseCopyable>: @unchecked Sendable {
  @usableFromInline let elements: UnsafeMutablePointer<Element>
  @usableFromInline package let view: FlatView<Element>

  package init(_ source: [Element]) {
    let elements = UnsafeMutablePointer<Element>.allocate(capacity: max(source.count, 1))
    source.withUnsafeBufferPointer { if let base = $0.baseAddress { elements.update(from: base, count: $0.count) } }
    self.elements = elements
    view = FlatView(base: elements, count: source.count)
  }

  deinit { elements.deallocate() }

  /// Bytes of memory.
  package var byteCount: Int { view.count * MemoryLayout<Element>.stride }
}

extension FlatTable where Element == UInt8 {
  package var bytes: ByteView { ByteView(base: UnsafeRawPointer(elements), count: view.count) }
}
