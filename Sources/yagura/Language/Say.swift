/// The catalogue: every sentence that the program says to people, in English and Japanese.
enum Say {
  static let abstract = Text(
    "Finds the abuse of Windows Management Instrumentation (WMI) in Windows evidence.",
    "Windows の証拠から WMI (Windows Management Instrumentation) の悪用を見つけます。")
  static let discussion = Text(
    "Evidence is only read. Nothing is executed, and nothing is sent anywhere.",
    "証拠は読み取るだけです。実行も送信も一切行いません。")

  // MARK: events

  static let eventsAbstract = Text(
    "Prints every event of event logs and of their exports.",
    "イベントログとそのエクスポートのイベントをすべて出力します。")
  static let eventsDiscussion = Text(
    """
    Reads EVTX files, JSON and XML exports (Winlogbeat, NXLog, evtx_dump, EvtxECmd, Splunk and others), and archives \
    of them (zip, 7z, tar, gz, zst, xz, bz2), up to two deep. What a file is is decided by its content. Records go to \
    standard output; progress, diagnostics and the summary go to standard error.

    Exit codes: 0 read everything, 2 wrong arguments, 3 some input could not be read (what could is printed), 4 nothing \
    could be read, 70 internal error, 74 the output could not be written, 130 interrupted.
    """,
    """
    EVTX ファイル、JSON・XML エクスポート (Winlogbeat、NXLog、evtx_dump、EvtxECmd、Splunk など)、およびそれらを含む\
    アーカイブ (zip、7z、tar、gz、zst、xz、bz2、2 段まで) を読みます。種類は内容で判定します。レコードは標準出力に、\
    進捗・診断・要約は標準エラーに出力します。

    終了コード: 0 すべて読めた、2 引数の誤り、3 一部が読めなかった (読めた分は出力)、4 何も読めなかった、70 内部エラー、\
    74 出力に書き込めない、130 中断。
    """)
  static let paths = Text(
    "Files, folders or archives; - is standard input.", "ファイル、フォルダー、アーカイブ。- は標準入力です。")
  static let format = Text(
    "Form of the output (default: jsonl; of --stats: text).", "出力形式 (既定は jsonl。--stats では文章)。")
  static let recover = Text(
    "Also recover records from chunk slack, damaged chunks and raw data; each is marked.",
    "チャンクの未使用領域、破損チャンク、生データからもレコードを復元します (復元分には印が付きます)。")
  static let whereField = Text(
    "Only records whose field has this value; * stands for anything, letter case is ignored. Several values of one field are alternatives.",
    "フィールドがこの値のレコードだけを出力します。* は任意の文字列、大文字小文字は区別しません。同じフィールドの複数指定は OR です。")
  static let after = Text(
    "Only records at or after this time (2026-11-24, 2026-11-24T09:00:00+09:00; UTC without a zone).",
    "この時刻以降のレコードだけ (例 2026-11-24、2026-11-24T09:00:00+09:00。時差の指定がなければ UTC)。")
  static let before = Text("Only records before this time.", "この時刻より前のレコードだけ。")
  static let threads = Text(
    "Threads that read; the output is the same for any number.", "読み取りスレッド数。出力はスレッド数によらず同じです。")
  static let stats = Text(
    "Print statistics instead of records: counts, first and last time, records per day, gaps, clock jumps.",
    "レコードの代わりに統計を出力します: 件数、最初と最後の時刻、日別件数、番号の欠落、時計の逆行。")
  static let follow = Text(
    "Print what is there, then stay and print what is added, until Ctrl-C.",
    "いまある分を出力したあとも終了せず、追加されるレコードを出力し続けます (Ctrl-C で終了)。")
  static let output = Text("Write to this file instead of standard output.", "標準出力の代わりにこのファイルへ書きます。")
  static let diagnostics = Text(
    "Form of diagnostics on standard error.", "標準エラーに出す診断の形式。")
  static let quiet = Text(
    "No progress, no summary, no diagnostics as text.", "進捗、要約、文章の診断を出しません。")
  static let noColor = Text("No colours (also: NO_COLOR).", "色を付けません (環境変数 NO_COLOR も有効)。")
  static let lang = Text(
    "Language of text for people (default: from LANG).", "表示言語 (既定は LANG から)。")

  // MARK: Wrong arguments

  static func wrongCondition(_ text: String) -> Text {
    Text("--where takes FIELD=VALUE, not '\(text)'.", "--where には フィールド=値 を指定してください ('\(text)')。")
  }
  static func wrongTime(_ text: String) -> Text {
    Text(
      "'\(text)' is not a time. Write 2026-11-24 or 2026-11-24T09:00:00Z.",
      "'\(text)' は時刻として読めません。2026-11-24 または 2026-11-24T09:00:00Z の形で書いてください。")
  }
  static let emptySpan = Text(
    "Nothing is at or after --after and before --before: --after must be the earlier one.",
    "--after は --before より前の時刻にしてください。この範囲に入るレコードはありません。")
  static let statisticsFormat = Text(
    "--stats prints text, or JSON lines with --format jsonl.", "--stats の出力は文章か、--format jsonl による JSON Lines です。")
  static func outputIsEvidence(_ path: String) -> Text {
    Text(
      "--output would write over \(path), which lies among the evidence. Choose a new name or another folder.",
      "--output の \(path) は証拠の中にあり、上書きになります。新しい名前か別のフォルダーを指定してください。")
  }
  static let wrongThreads = Text("--threads takes a number from 1 to 256.", "--threads は 1 から 256 の数です。")
  static let followOutput = Text(
    "--follow does not go with --stats, --recover or standard input.",
    "--follow は --stats、--recover、標準入力と併用できません。")
  static func cannotWrite(_ path: String, _ reason: String) -> Text {
    Text("Cannot write to \(path): \(reason)", "\(path) に書き込めません: \(reason)")
  }

  // MARK: Progress

  static func share(_ percent: Int, _ total: String) -> Text {
    Text("\(percent)% of \(total)", "\(total) の \(percent)%")
  }
  static func secondsLeft(_ seconds: Int) -> Text { Text(", \(seconds) s left", "、残り \(seconds) 秒") }
  static func records(_ number: Int) -> Text { Text(count(number, "record", "records"), "\(number) 件") }

  // MARK: Summary

  static func summary(records: Int, files: Int, recovered: Int, bad: Int, seconds: String, rate: String) -> Text {
    var en = "\(count(records, "record", "records")) from \(count(files, "file", "files"))"
    var ja = "\(files) ファイルから \(records) 件のレコード"
    if recovered > 0 {
      en += ", \(recovered) recovered"
      ja += "、復元 \(recovered) 件"
    }
    if bad > 0 {
      en += ", \(count(bad, "record", "records")) unreadable"
      ja += "、読めないレコード \(bad) 件"
    }
    return Text("\(en) in \(seconds) s (\(rate))", "\(ja) (\(seconds) 秒、\(rate))")
  }
  static func filtered(_ written: Int) -> Text {
    Text("\(count(written, "record", "records")) matched the filter", "条件に合うレコード \(written) 件")
  }
  static func otherValues(_ number: Int) -> Text {
    Text(
      number == 1
        ? "1 value in exports was no Windows event" : "\(number) values in exports were no Windows events",
      "エクスポート内に Windows イベントではない値が \(number) 件ありました")
  }
  static let standardOutput = Text("standard output", "標準出力")
  static let nothingFound = Text(
    "No event log or event export was found in what was given.",
    "指定された場所にイベントログもイベントのエクスポートも見つかりません。")
  static let interrupted = Text("interrupted; what was read so far is written", "中断しました。ここまでに読んだ分は出力済みです")
  static func moreFaults(_ number: Int) -> Text {
    Text(
      "\(number) further diagnostics are not shown; --diagnostics jsonl prints them all",
      "ほかに診断が \(number) 件あります。--diagnostics jsonl ですべて表示します")
  }

  static func count(_ number: Int, _ one: String, _ many: String) -> String {
    "\(number) \(number == 1 ? one : many)"
  }
}
