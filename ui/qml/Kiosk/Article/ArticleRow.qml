// What every row of an article has: a column to stand in, and a place that is lit while it is read aloud.
import QtQuick
import Kiosk.ViewModels

Item {
    id: root

    required property int part    // its first part, -1 if it is not read
    required property int parts
    required property real column    // px that its text may be wide
    required property ListeningViewModel listening
    readonly property bool lit: root.part >= 0 && root.listening.litPart >= root.part && root.listening.litPart < root.part + root.parts

    // Where the lit sentence stands in this row.
    function litRectangle(): rect {
        return Qt.rect(0, 0, root.width, root.height);
    }
}
