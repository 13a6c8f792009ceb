// A picture of a pack, with its words below. Loaded aside; its room is kept from the start.
import QtQuick
import Kiosk.Theme

ArticleRow {
    id: root

    required property string source
    required property string text
    required property real ratio
    required property int pixels
    readonly property real shownWidth: Math.min(root.column, Math.max(root.pixels, root.column * 0.6))

    height: Theme.gap1 + picture.height + caption.height + Theme.gap2

    Rectangle {
        y: Theme.gap1
        width: picture.width
        height: picture.height
        color: Theme.paper
        radius: Theme.mm(1)
    }
    Image {
        id: picture

        y: Theme.gap1
        width: root.shownWidth
        height: Math.round(root.shownWidth * root.ratio)
        source: root.source
        sourceSize.width: Math.ceil(root.shownWidth)
        asynchronous: true
        cache: false
        Accessible.role: Accessible.Graphic
        Accessible.name: root.text
    }
    Text {
        id: caption

        anchors.top: picture.bottom
        width: root.column
        text: root.text
        textFormat: Text.PlainText
        wrapMode: Text.Wrap
        topPadding: Theme.gap1
        color: Theme.softInk
        font.family: Theme.family
        font.pixelSize: Theme.smallText
        Accessible.ignored: true
    }
}
