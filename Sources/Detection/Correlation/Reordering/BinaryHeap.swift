/// What a heap gives back first.
protocol HeapElement: Sendable {
  static func precedes(_ left: Self, _ right: Self) -> Bool
}

/// A binary heap: the element that precedes all others is always at hand.
struct BinaryHeap<Element: HeapElement>: Sendable {
  private var elements: [Element] = []

  var count: Int { elements.count }
  var first: Element? { elements.first }

  mutating func insert(_ element: Element) {
    elements.append(element)
    var child = elements.count - 1
    while child > 0 {
      let parent = (child - 1) / 2
      guard Element.precedes(elements[child], elements[parent]) else { return }
      elements.swapAt(child, parent)
      child = parent
    }
  }

  mutating func removeFirst() -> Element? {
    guard let last = elements.popLast() else { return nil }
    guard let first = elements.first else { return last }
    elements[0] = last
    var parent = 0
    while true {
      let left = parent * 2 + 1
      guard left < elements.count else { return first }
      let right = left + 1
      let child = right < elements.count && Element.precedes(elements[right], elements[left]) ? right : left
      guard Element.precedes(elements[child], elements[parent]) else { return first }
      elements.swapAt(child, parent)
      parent = child
    }
  }
}
