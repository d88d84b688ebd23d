import WindowsFormats

/// Unpacking one member.
extension EvidenceWalker {
  enum Unpacked {
    case evidence(Candidate)
    /// The member breaks off; nil when nothing of it is of use.
    case damaged(Candidate?, ArchiveFault)
    /// No kind of evidence.
    case passedOver
    /// A container inside too many others.
    case tooDeep
    /// There was no room for it.
    case notStored(SystemFault)
    case refused(ContainerBudget.Breach)
  }

  /// Unpacks a member as far as its first bytes say that it is wanted.
  func unpack(_ member: ArchiveReader.Member, from archive: ArchiveReader) -> Unpacked {
    do throws(SystemFault) {
      let spool = try SpoolFile(folder: temporaryDirectory)
      var ending = try copy(archive, to: spool, until: EvidenceKind.headByteCount)
      let verdict = judge(spool, name: member.name)
      if case .paused = ending {
        ending = verdict == .wanted ? try copy(archive, to: spool, until: .max) : passing(archive)
      }
      switch ending {
      case .breach(let breach): return .refused(breach)
      case .fault(let fault):
        let isUseful = verdict == .wanted && spool.byteCount > 0
        return .damaged(isUseful ? candidate(member, spool, isComplete: false) : nil, fault)
      case .end, .paused: break
      }
      switch verdict {
      case .wanted: return .evidence(candidate(member, spool, isComplete: true))
      case .unwanted: return .passedOver
      case .tooDeep: return .tooDeep
      }
    } catch {
      return passOver(archive).map { .refused($0) } ?? .notStored(error)
    }
  }

  /// Goes to the end of the current member, and says when a limit is passed on the way.
  ///
  /// What has to be unpacked for that is unpacked here, and not by the library on its way to the next header, where no
  /// limit would hold.
  func passOver(_ archive: ArchiveReader) -> ContainerBudget.Breach? {
    if case .breach(let breach) = passing(archive) { breach } else { nil }
  }

  private enum Ending {
    /// `until` was reached; there may be more.
    case paused
    case end
    case fault(ArchiveFault)
    case breach(ContainerBudget.Breach)
  }

  /// Copies the member's next blocks, or only counts them where there is no spool.
  private func copy(
    _ archive: ArchiveReader, to spool: SpoolFile?, until byteCount: Int
  ) throws(SystemFault) -> Ending {
    while archive.memberByteCount < byteCount {
      let block: ArchiveReader.Block
      do throws(ArchiveFault) {
        guard let next = try archive.nextBlock() else { return .end }
        block = next
      } catch {
        return .fault(error)
      }
      let breach = budget.charge(
        block.growth, memberByteCount: archive.memberByteCount, produced: archive.produced, consumed: archive.consumed)
      if let breach { return .breach(breach) }
      try spool?.write(block.bytes, at: block.offset)
      if let fault = block.fault { return .fault(fault) }
    }
    return .paused
  }

  private func passing(_ archive: ArchiveReader) -> Ending {
    if archive.skip() { return .end }
    // Without a spool there is nothing that could fail.
    return (try? copy(archive, to: nil, until: .max)) ?? .end
  }

  private enum Verdict {
    case wanted, unwanted, tooDeep
  }

  private func judge(_ spool: SpoolFile, name: String) -> Verdict {
    head(of: spool.descriptor, byteCount: EvidenceKind.headByteCount).withUnsafeBytes { bytes in
      let view = ByteView(bytes)
      if ContainerFormat(head: view) != nil { return archives.count < limits.maximumNesting ? .wanted : .tooDeep }
      let isWanted = EvidenceKind(head: view, name: name) != .other || name.lowercased().hasSuffix(".evtx")
      return isWanted ? .wanted : .unwanted
    }
  }

  private func candidate(_ member: ArchiveReader.Member, _ spool: SpoolFile, isComplete: Bool) -> Candidate {
    Candidate(
      path: member.path, name: member.name, descriptor: spool.descriptor, byteCount: spool.byteCount,
      modificationTimeNanoseconds: member.modificationTimeNanoseconds, isComplete: isComplete)
  }
}
