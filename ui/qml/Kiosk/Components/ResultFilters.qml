// Narrows what was found: one quiet button, and below it, once it was touched, a row of chips for each sort.
pragma ComponentBehavior: Bound

import QtQuick
import Kiosk.Theme

Column {
    id: root

    required property QtObject filters    // rows of ui.search_filters.FilterRow

    signal chosen(facet: string, value: string)

    spacing: Theme.gap2

    Repeater {
        model: root.filters

        Column {
            id: sort

            required property string facet
            required property string title
            required property list<string> values
            required property list<string> labels
            required property int chosen

            width: root.width
            spacing: Theme.gap1

            Label {
                text: sort.title
                color: Theme.softInk
                font.pixelSize: Theme.smallText
            }
            Flow {
                width: parent.width
                spacing: Theme.gap2

                Repeater {
                    model: sort.labels

                    Chip {
                        required property int index
                        required property string modelData

                        width: Math.min(implicitWidth, sort.width)
                        text: modelData
                        chosen: index === sort.chosen
                        onClicked: root.chosen(sort.facet, sort.values[index])
                    }
                }
            }
        }
    }
}
