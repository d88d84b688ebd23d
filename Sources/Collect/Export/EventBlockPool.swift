import Synchronization

/// Blocks that were delivered and serve again: a block's buffer grows once and not for every piece of work.
final class EventBlockPool: Sendable {
  private let free = Mutex<[EventBlock]>([])

  func take() -> EventBlock { free.withLock { $0.popLast() } ?? EventBlock() }

  func give(_ block: EventBlock) {
    block.reset()
    free.withLock { $0.append(block) }
  }
}
