// The on-screen keyboard: rows of keys as a model says, or all candidates in their place.
pragma ComponentBehavior: Bound

import QtQuick
import Kiosk.Theme

Rectangle {
    id: root

    required property QtObject keys     // rows of ui.keys.Key
    required property QtObject words    // what the bar offers
    required property int rows
    required property real columns      // width of a row, in widths of a letter
    property bool expanded: false
    readonly property real unit: (root.width - Theme.gap1 * 2) / root.columns
    readonly property real pitch: (root.height - Theme.gap1 * 2) / root.rows
    readonly property real apart: Theme.gap1 + Theme.lift    // between two keys, px

    signal struck(place: int)
    signal chosen(place: int)

    // Height for keys of this height, px.
    function heightFor(key: real): real {
        return (key + root.apart) * root.rows + Theme.gap1 * 2;
    }

    implicitHeight: root.heightFor(Theme.touchTarget)
    color: Theme.keyboard
    Accessible.role: Accessible.Pane
    Accessible.name: qsTr("键盘")

    Repeater {
        model: root.keys

        Key {
            required property int index
            required property string kind
            required property int row
            required property real column
            required property real span
            required property bool repeats

            x: Theme.gap1 + column * root.unit + root.apart / 2
            y: Theme.gap1 + row * root.pitch + root.apart / 2
            width: span * root.unit - root.apart
            height: root.pitch - root.apart
            visible: !root.expanded
            reach: root.apart / 2
            glyph: kind === "delete" ? Glyphs.erase : kind === "search" ? Glyphs.search : ""
            accent: kind === "search"
            plain: kind === "letter" || kind === "text" || kind === "space"
            autoRepeat: repeats
            autoRepeatDelay: 500
            autoRepeatInterval: 120
            onStruck: root.struck(index)
        }
    }
    Flickable {
        anchors.fill: parent
        anchors.margins: Theme.gap1
        visible: root.expanded
        clip: true
        contentHeight: all.height
        boundsBehavior: Flickable.StopAtBounds

        Flow {
            id: all

            width: parent.width
            padding: Theme.gap1 / 2
            spacing: root.apart

            Repeater {
                model: root.expanded ? root.words : null

                Key {
                    required property int index
                    required property string word

                    implicitWidth: Math.max(Theme.touchTarget, Theme.title * word.length + Theme.gap2 * 2)
                    width: Math.min(implicitWidth, all.width - Theme.gap1)
                    height: Theme.touchTarget
                    label: word
                    letterSize: Theme.title
                    spoken: word
                    quick: false
                    lit: index === 0
                    onStruck: root.chosen(index)
                }
            }
        }
    }
}
