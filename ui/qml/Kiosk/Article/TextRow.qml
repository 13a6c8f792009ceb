// A row of running text: lit sentence by sentence; a finger on a sentence starts there.
import QtQuick
import Kiosk.Theme

ArticleRow {
    id: root

    required property string text
    required property string markup
    required property bool rightToLeft
    required property bool tall
    property alias words: words
    property real above: 0    // px of air above and below the text
    property real below: Theme.gap1
    property real inset: 0    // px before the text

    function litRectangle(): rect {
        const line = words.positionToRectangle(root.listening.litStart);
        const last = words.positionToRectangle(Math.max(root.listening.litEnd - 1, 0));
        return Qt.rect(words.x, words.y + line.y, words.width, last.y + last.height - line.y);
    }

    implicitHeight: root.above + words.height + root.below
    height: implicitHeight
    Accessible.role: Accessible.Paragraph
    Accessible.name: root.text

    ReadableText {
        id: words

        x: root.rightToLeft ? 0 : root.inset
        y: root.above
        width: root.column - root.inset
        text: root.markup
        rightToLeft: root.rightToLeft
        tall: root.tall
        lit: root.lit
        litStart: root.listening.litStart
        litEnd: root.listening.litEnd
    }
    TapHandler {
        enabled: root.part >= 0
        onTapped: point => root.listening.startAt(root.part, words.positionAt(point.position.x - words.x, point.position.y - words.y))
    }
}
