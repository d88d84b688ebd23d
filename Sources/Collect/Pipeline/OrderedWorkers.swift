#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Does the work of one item after the other on a thread of its own.
public protocol OrderedWorker: AnyObject, SendableMetatype {
  associatedtype Item: Sendable
  associatedtype Result: Sendable

  func process(_ item: Item) -> Result
}

/// Runs work items on several threads and delivers their results in the order of the items.
///
/// Items are pulled and results delivered by whichever thread is free, one at a time; so neither `next` nor `deliver`
/// need locks. Results that are early wait; when too many wait, pulling waits: memory is bounded by the window. Plain
/// threads are used and not tasks, because a full window has to block, which the pool of tasks must not.
public enum OrderedWorkers {
  /// Results in the works or waiting, per thread.
  static let windowPerThread = 3

  /// - Parameters:
  ///   - threads: 1 runs everything on the calling thread.
  ///   - next: The next item, or nil at the end. Called by one thread at a time.
  ///   - makeWorker: One worker per thread.
  ///   - deliver: Takes the results in order, one at a time; false stops everything.
  public static func run<Worker: OrderedWorker>(
    threads: Int, next: @escaping () -> Worker.Item?, makeWorker: @escaping () -> Worker,
    deliver: @escaping (Worker.Result) -> Bool
  ) {
    guard threads > 1 else {
      let worker = makeWorker()
      while let item = next(), deliver(worker.process(item)) {}
      return
    }
    let line = AssemblyLine(
      window: threads * windowPerThread, next: next, makeWorker: makeWorker, deliver: deliver)
    let work: @Sendable () -> Void = line.entryPoint
    let handles = (0..<threads).compactMap { _ in startThread(work) }
    if handles.isEmpty { line.work() }
    for handle in handles { pthread_join(handle, nil) }
  }

  private static func startThread(_ body: @escaping @Sendable () -> Void) -> pthread_t? {
    let box = Unmanaged.passRetained(ThreadBody(body))
    #if canImport(Glibc)
      var handle = pthread_t()
    #else
      var handle: pthread_t?
    #endif
    let status = pthread_create(
      &handle, nil,
      { argument in
        #if canImport(Glibc)
          guard let argument else { return nil }
        #endif
        Unmanaged<ThreadBody>.fromOpaque(argument).takeRetainedValue().body()
        return nil
      }, box.toOpaque())
    guard status == 0 else {
      box.release()
      return nil
    }
    return handle
  }
}

private final class ThreadBody: Sendable {
  let body: @Sendable () -> Void

  init(_ body: @escaping @Sendable () -> Void) { self.body = body }
}

/// The state that the threads share. Everything mutable is used under `lock`; `next` and `deliver` run outside of it,
/// kept to one thread at a time by `isPulling` and `isDelivering`. That is what `@unchecked` stands for.
private final class AssemblyLine<Worker: OrderedWorker>: @unchecked Sendable {
  private let window: Int
  private let next: () -> Worker.Item?
  private let makeWorker: () -> Worker
  private let deliver: (Worker.Result) -> Bool

  private var lock = pthread_mutex_t()
  private var changed = pthread_cond_t()
  private var isPulling = false
  private var isDelivering = false
  private var isAtEnd = false
  private var pulled = 0
  private var delivered = 0
  private var waiting: [Int: Worker.Result] = [:]

  init(
    window: Int, next: @escaping () -> Worker.Item?, makeWorker: @escaping () -> Worker,
    deliver: @escaping (Worker.Result) -> Bool
  ) {
    self.window = window
    self.next = next
    self.makeWorker = makeWorker
    self.deliver = deliver
    pthread_mutex_init(&lock, nil)
    pthread_cond_init(&changed, nil)
  }

  deinit {
    pthread_mutex_destroy(&lock)
    pthread_cond_destroy(&changed)
  }

  /// What each thread runs.
  var entryPoint: @Sendable () -> Void { { self.work() } }

  func work() {
    pthread_mutex_lock(&lock)
    let worker = makeWorker()
    while let (number, item) = pull() {
      pthread_mutex_unlock(&lock)
      let result = worker.process(item)
      pthread_mutex_lock(&lock)
      waiting[number] = result
      deliverReady()
    }
    pthread_mutex_unlock(&lock)
  }

  /// Called and returns with the lock held.
  private func pull() -> (Int, Worker.Item)? {
    while !isAtEnd && (isPulling || pulled - delivered >= window) { pthread_cond_wait(&changed, &lock) }
    guard !isAtEnd else { return nil }
    isPulling = true
    pthread_mutex_unlock(&lock)
    let item = next()
    pthread_mutex_lock(&lock)
    isPulling = false
    defer { pthread_cond_broadcast(&changed) }
    guard let item, !isAtEnd else {
      isAtEnd = true
      return nil
    }
    pulled += 1
    return (pulled - 1, item)
  }

  /// Called and returns with the lock held.
  private func deliverReady() {
    guard !isDelivering else { return }
    isDelivering = true
    while let result = waiting.removeValue(forKey: delivered) {
      pthread_mutex_unlock(&lock)
      let goesOn = deliver(result)
      pthread_mutex_lock(&lock)
      delivered += 1
      if !goesOn { isAtEnd = true }
      pthread_cond_broadcast(&changed)
      if !goesOn { break }
    }
    isDelivering = false
  }
}
