import WindowsFormats

/// Containers and their members.
extension EvidenceWalker {
  func open(_ candidate: Candidate, as format: ContainerFormat) -> Step? {
    guard archives.count < limits.maximumNesting else {
      return diagnose(candidate.path, .limitExceeded, ContainerBudget.Breach.nesting.rawValue)
    }
    if archives.isEmpty { budget.reset() }
    do throws(ArchiveFault) {
      archives.append(try ArchiveReader(candidate, format: tarInside(candidate, format), locale: locale))
      summary.containers += 1
      return nil
    } catch {
      return diagnose(candidate.path, error.code, error.detail)
    }
  }

  /// Looks whether a compressed stream holds a tar, which then is read in one go with it.
  ///
  /// The library's own decision is not asked for: it takes any stream that begins with zeros for an empty tar.
  private func tarInside(_ candidate: Candidate, _ format: ContainerFormat) -> ContainerFormat {
    guard case .compressed(let compression) = format,
      let probe = try? ArchiveReader(candidate, format: format, locale: locale),
      (try? probe.nextMember()) != nil, let block = try? probe.nextBlock(), block.offset == 0
    else { return format }
    return ContainerFormat(head: ByteView(block.bytes)) == .tar ? .compressedTar(compression) : format
  }

  /// The next member, as far as it makes a step.
  func advance(_ archive: ArchiveReader) -> Step? {
    do throws(ArchiveFault) {
      guard let member = try archive.nextMember() else {
        archives.removeLast()
        return archive.isSalvaged ? diagnose(archive.path, .damaged, "no-central-directory") : nil
      }
      if let breach = budget.breach(memberCount: archive.memberCount) { return refuse(archive.path, breach) }
      return take(member, from: archive)
    } catch {
      if error.endsContainer {
        archive.abandon()
      } else if let breach = budget.breach(memberCount: archive.memberCount) {
        return refuse(archive.path, breach)
      }
      return diagnose(archive.path, error.code, error.detail)
    }
  }

  private func take(_ member: ArchiveReader.Member, from archive: ArchiveReader) -> Step? {
    guard member.isFile else { return pass(archive, nil) }
    summary.members += 1
    if member.isEncrypted { return pass(archive, diagnose(member.path, .encrypted, "member")) }
    if member.path.utf8.count - archive.path.utf8.count > limits.maximumNameBytes {
      return pass(archive, diagnose(archive.path, .limitExceeded, ContainerBudget.Breach.nameBytes.rawValue))
    }
    switch unpack(member, from: archive) {
    case .evidence(let candidate): return examine(candidate)
    case .damaged(let candidate, let fault): return deliver(candidate, fault, of: member, from: archive)
    case .passedOver:
      summary.skippedMembers += 1
      return nil
    case .tooDeep: return diagnose(member.path, .limitExceeded, ContainerBudget.Breach.nesting.rawValue)
    case .notStored(let fault): return diagnose(member.path, .unreadable, fault.word)
    case .refused(let breach): return refuse(member.path, breach)
    }
  }

  /// Passes over a member that is not looked into. Even a folder may have bytes in a hostile tar.
  private func pass(_ archive: ArchiveReader, _ step: Step?) -> Step? {
    passOver(archive).map { refuse(archive.path, $0) } ?? step
  }

  /// Delivers what there is of a damaged member, then says so.
  private func deliver(
    _ candidate: Candidate?, _ fault: ArchiveFault, of member: ArchiveReader.Member, from archive: ArchiveReader
  ) -> Step? {
    if fault.endsContainer { archive.abandon() }
    let diagnostic = EvidenceDiagnostic(
      path: member.path, offset: archive.memberByteCount, code: fault.code, detail: fault.detail)
    guard let candidate, let step = examine(candidate) else { return .diagnostic(diagnostic) }
    following = diagnostic
    return step
  }

  /// Ends the outermost container: who builds one bomb builds two.
  private func refuse(_ path: String, _ breach: ContainerBudget.Breach) -> Step {
    archives.removeAll()
    return diagnose(path, .limitExceeded, breach.rawValue)
  }
}
