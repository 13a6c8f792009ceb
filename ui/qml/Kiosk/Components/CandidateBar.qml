// What the typed letters may mean, likeliest first; else a word of advice. Stands right above the keys.
pragma ComponentBehavior: Bound

import QtQuick
import Kiosk.Theme

Rectangle {
    id: root

    required property QtObject words
    property string letters: ""    // typed so far
    property bool echoing: false   // shows the letters, where the search field is far from the fingers
    property string hint: ""
    property bool expanded: false
    property bool marked: false    // the first word is what the space bar takes
    readonly property bool overflows: list.contentWidth > root.width - Theme.gap2

    signal chosen(place: int)
    signal expandRequested

    implicitHeight: Theme.touchTarget + Theme.gap1 + (root.echoing ? typed.implicitHeight : 0)
    color: Theme.bar

    Rectangle {
        width: parent.width
        height: Theme.border
        color: Theme.cardEdge
    }
    Label {
        id: typed

        x: Theme.gap3
        y: Theme.border
        visible: root.echoing
        width: root.width - Theme.gap3 * 2
        text: root.letters
        color: Theme.softInk
        font.pixelSize: Theme.smallText
        font.letterSpacing: Theme.mm(0.4)
    }
    ListView {
        id: list

        anchors.left: parent.left
        anchors.right: more.visible ? more.left : parent.right
        anchors.bottom: parent.bottom
        anchors.bottomMargin: Theme.gap1 / 2
        anchors.leftMargin: Theme.gap1
        anchors.rightMargin: Theme.gap1
        height: Theme.touchTarget
        orientation: ListView.Horizontal
        spacing: Theme.gap1
        clip: true
        visible: !root.expanded
        interactive: false
        cacheBuffer: 0    // or Qt complains about words beyond the edge that go before they are made
        model: root.words
        delegate: BarWord {
            id: offered

            required property int index
            readonly property bool whole: offered.x + offered.width <= list.width    // the others stand under 更多

            height: list.height
            opacity: offered.whole ? 1 : 0
            enabled: offered.whole
            first: offered.index === 0 && root.marked
            onClicked: root.chosen(offered.index)
        }
    }
    Label {
        anchors.left: parent.left
        anchors.right: more.visible ? more.left : parent.right
        anchors.leftMargin: Theme.gap3
        anchors.rightMargin: Theme.gap3
        anchors.bottom: parent.bottom
        anchors.top: root.expanded ? list.top : parent.top
        visible: list.count === 0 || root.expanded
        text: root.expanded ? qsTr("点您要的那个") : root.hint
        color: Theme.softInk
        fontSizeMode: Text.HorizontalFit
        minimumPixelSize: Theme.smallText
    }
    BarWord {
        id: more

        anchors.right: parent.right
        anchors.rightMargin: Theme.gap1
        anchors.verticalCenter: list.verticalCenter
        height: Theme.touchTarget
        visible: list.count > 0 && (root.overflows || root.expanded)
        word: root.expanded ? qsTr("收起") : qsTr("更多")
        glyph: root.expanded ? Glyphs.up : Glyphs.down
        small: true
        onClicked: root.expandRequested()
    }
}
