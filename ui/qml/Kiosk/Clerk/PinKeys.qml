// Twelve large keys: ten digits, one to take back, one to be done.
pragma ComponentBehavior: Bound

import QtQuick
import Kiosk.Components
import Kiosk.Theme
import Kiosk.ViewModels

Grid {
    id: root

    required property PinViewModel pin
    property real keyHeight: Math.max(Theme.touchTarget * (Theme.portrait ? 1.6 : 1.35), Theme.title * 1.6)
    property real keyWidth: keyHeight * 1.5

    columns: 3
    spacing: Theme.gap2

    Repeater {
        model: ["1", "2", "3", "4", "5", "6", "7", "8", "9", "erase", "0", "done"]

        Key {
            id: key

            required property string modelData
            readonly property bool isDigit: key.modelData.length === 1
            readonly property bool isDone: key.modelData === "done"

            width: root.keyWidth
            height: root.keyHeight
            label: key.isDigit ? key.modelData : key.isDone ? qsTr("确定") : ""
            spoken: key.isDigit ? key.modelData : key.isDone ? qsTr("确定") : qsTr("删一位")
            quick: key.isDigit
            glyph: key.isDigit || key.isDone ? "" : Glyphs.erase
            plain: key.isDigit
            accent: key.isDone
            letterSize: Theme.title
            enabled: key.isDone ? root.pin.canSubmit : root.pin.canType
            opacity: enabled ? 1 : 0.45
            onStruck: {
                if (key.isDigit)
                    root.pin.type(key.modelData);
                else if (key.isDone)
                    root.pin.submit();
                else
                    root.pin.erase();
            }
        }
    }
}
