import Detection
import Testing

@Suite struct ReorderTests {
  private func input(_ seconds: UInt64, _ sequence: UInt64 = 0) -> CorrelationInput {
    CorrelationInput(rule: 0, time: seconds * Samples.second, sequence: sequence, reference: seconds)
  }

  private func drain(_ buffer: inout ReorderBuffer) -> [UInt64] {
    var released: [UInt64] = []
    while let input = buffer.next() { released.append(input.reference) }
    return released
  }

  @Test func holdsInputsUntilNoneCanBeBeforeThem() {
    var buffer = ReorderBuffer(toleranceSeconds: 5)
    for seconds: UInt64 in [10, 7, 12, 8] { buffer.add(input(seconds)) }
    #expect(drain(&buffer) == [])
    buffer.add(input(14))
    #expect(drain(&buffer) == [7, 8] && buffer.count == 3)
    #expect(buffer.watermark == 9 * Samples.second)
    buffer.finish()
    #expect(drain(&buffer) == [10, 12, 14])
  }

  @Test func letsEverythingGoAtTheEnd() {
    var buffer = ReorderBuffer(toleranceSeconds: 5)
    buffer.add(CorrelationInput(rule: 0, time: .max, sequence: 0, reference: 7))
    buffer.finish()
    #expect(drain(&buffer) == [7] && buffer.forcedInputs == 0)
  }

  @Test func dropsWhatComesTooLate() {
    var buffer = ReorderBuffer(toleranceSeconds: 5)
    buffer.add(input(10))
    buffer.add(input(5))
    buffer.add(input(4))
    #expect(buffer.lateInputs == 1 && buffer.count == 2)
  }

  @Test func ordersTheSameTimeBySequence() {
    var buffer = ReorderBuffer(toleranceSeconds: 5)
    for sequence: UInt64 in [3, 1, 2] { buffer.add(input(10, sequence)) }
    buffer.finish()
    var sequences: [UInt64] = []
    while let input = buffer.next() { sequences.append(input.sequence) }
    #expect(sequences == [1, 2, 3])
  }

  @Test func letsTheOldestGoWhenFull() {
    var buffer = ReorderBuffer(toleranceSeconds: 100, capacity: 2)
    for seconds: UInt64 in [30, 10, 20] { buffer.add(input(seconds)) }
    #expect(drain(&buffer) == [10] && buffer.forcedInputs == 1)
    buffer.add(input(5))
    #expect(buffer.lateInputs == 1)
  }

  @Test func aClockThatIsAheadDoesNotSilenceOthers() {
    var buffer = ReorderBuffer(toleranceSeconds: 5)
    buffer.add(input(1_000_000), clock: 10 * Samples.second)
    buffer.add(input(10), clock: 10 * Samples.second)
    buffer.add(input(16), clock: 16 * Samples.second)
    #expect(buffer.futureInputs == 1 && buffer.lateInputs == 0)
    #expect(drain(&buffer) == [10])
  }

  @Test(arguments: [-1, Double.nan, 0]) func tolerancesThatAreNoneCountAsZero(seconds: Double) {
    var buffer = ReorderBuffer(toleranceSeconds: seconds)
    buffer.add(input(10))
    buffer.add(input(9))
    #expect(buffer.lateInputs == 1)
  }
}
