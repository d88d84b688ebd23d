internal import Collect

/// What diagnostics say.
extension Say {
  static let warning = Text("warning", "警告")
  static let error = Text("error", "エラー")

  static let comma = Text(", ", "、")
  static func at(offset: Int) -> Text { Text("at offset \(offset)", "オフセット \(offset)") }
  static func record(_ id: UInt64) -> Text { Text("record \(id)", "レコード \(id)") }

  /// The name of a structure for people.
  static func structure(_ name: String) -> Text {
    switch name {
    case "file": Text("file", "ファイル")
    case "fileHeader": Text("file header", "ファイルヘッダー")
    case "chunk": Text("chunk", "チャンク")
    case "chunkHeader": Text("chunk header", "チャンクヘッダー")
    case "record": Text("record", "レコード")
    case "binXML": Text("binary XML", "バイナリ XML")
    case "jsonRecord": Text("JSON record", "JSON レコード")
    case "xmlEvent": Text("XML event", "XML イベント")
    default: Text(name, name)
    }
  }

  /// What a code means.
  static func code(_ code: String, detail: String) -> Text {
    let tail = detail.isEmpty ? "" : " (\(detail))"
    let tailInJapanese = detail.isEmpty ? "" : " (\(words[detail] ?? detail))"
    let text: Text =
      switch code {
      case "truncated": Text("cut short", "途中で切れています")
      case "invalidSignature": Text("signature not found", "シグネチャがありません")
      case "invalidValue": Text("a value is not valid", "値が正しくありません")
      case "checksumMismatch": Text("checksum does not match", "チェックサムが一致しません")
      case "limitExceeded": Text("a limit was exceeded", "上限を超えました")
      case "cycle": Text("refers to itself", "自分自身を参照しています")
      case "unsupported": Text("not supported", "対応していません")
      case "unreadable": Text("cannot be read", "読めません")
      case "encrypted": Text("encrypted", "暗号化されています")
      case "damaged": Text("damaged", "破損しています")
      case "duplicate": Text("was read already", "すでに読み込み済みです")
      case "unrecognized": Text("holds no events that can be read", "読めるイベントがありません")
      case "ownOutput": Text("is what this run writes; passed over", "この実行の出力先なので読みません")
      default: Text(code, code)
      }
    return Text(text.en + tail, text.ja + tailInJapanese)
  }

  /// Words for what the operating system said; names of limits stay as they are.
  private static let words = [
    "not-found": "見つかりません", "permission-denied": "権限がありません", "too-many-links": "リンクが多すぎます",
    "name-too-long": "名前が長すぎます", "too-many-open-files": "開いているファイルが多すぎます",
    "no-space": "空き容量がありません", "input-output-error": "入出力エラー", "no-device": "デバイスがありません",
    "empty": "空のファイル", "no-chunk-found": "チャンクが見つかりません",
  ]
}
