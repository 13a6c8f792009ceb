// What the typed letters may mean, likeliest first; else a word of advice. Stands right above the keys.
pragma ComponentBehavior: Bound

import QtQuick
import Kiosk.Theme

Rectangle {
    id: root

    required property QtObject words
    property string letters: ""    // typed so far, shown here where the search field is far from the fingers
    property string hint: ""
    property bool expanded: false
    property bool expandable: false
    readonly property bool overflows: list.contentWidth > root.width - Theme.gap2

    signal chosen(place: int)
    signal expandRequested

    implicitHeight: Theme.touchTarget + Theme.gap1 + (typed.visible ? typed.height : 0)
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
        visible: root.letters !== ""
        height: visible ? implicitHeight : 0
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
        boundsBehavior: Flickable.StopAtBounds
        model: root.words
        delegate: BarWord {
            required property int index

            height: ListView.view.height
            first: index === 0 && root.expandable
            onClicked: root.chosen(index)
        }
        onCountChanged: list.positionViewAtBeginning()
    }
    Label {
        anchors.left: parent.left
        anchors.right: parent.right
        anchors.leftMargin: Theme.gap3
        anchors.rightMargin: Theme.gap3
        anchors.bottom: parent.bottom
        height: Theme.touchTarget + Theme.gap1
        visible: list.count === 0
        text: root.hint
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
        visible: root.expandable && list.count > 0 && (root.overflows || root.expanded)
        word: root.expanded ? qsTr("收起") : qsTr("更多")
        glyph: root.expanded ? Glyphs.up : Glyphs.down
        small: true
        onClicked: root.expandRequested()
    }
}
