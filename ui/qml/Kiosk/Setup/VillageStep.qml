// The name of the village, typed on our own keyboard.
import QtQuick
import Kiosk.Components
import Kiosk.Theme
import Kiosk.ViewModels

Item {
    id: root

    required property SetupViewModel setup
    readonly property bool beside: !Theme.portrait

    Column {
        id: told

        x: Theme.margin
        width: root.width - Theme.margin * 2
        spacing: root.beside ? Theme.gap1 : Theme.gap2

        PageTitle {
            width: parent.width
            text: qsTr("这里叫什么？")
        }
        Words {
            width: parent.width
            text: qsTr("写村名或服务点的名字。它会显示在屏幕上方，也印在小票上。")
            soft: true
        }
        SearchField {
            width: parent.width
            text: root.setup.village
            letters: root.setup.letters
            glyph: Glyphs.keyboard
            placeholder: qsTr("比如 云溪村便民服务点")
        }
    }
    CandidateBar {
        id: words

        anchors.left: parent.left
        anchors.right: parent.right
        anchors.bottom: keys.top
        words: root.setup.words
        letters: root.setup.letters
        echoing: false
        hint: root.setup.hint
        expanded: root.setup.expanded
        marked: true
        onChosen: place => root.setup.choose(place)
        onExpandRequested: root.setup.expand()
    }
    Keyboard {
        id: keys

        anchors.left: parent.left
        anchors.right: parent.right
        anchors.bottom: parent.bottom
        height: Math.min(implicitHeight, root.height - told.height - words.height - Theme.gap2)
        keys: root.setup.keys
        words: root.setup.words
        rows: root.setup.keyRows
        columns: root.setup.keyColumns
        expanded: root.setup.expanded
        onStruck: place => root.setup.touchKey(place)
        onChosen: place => root.setup.choose(place)
    }
}
