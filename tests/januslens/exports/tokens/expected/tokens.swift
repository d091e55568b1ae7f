// Design tokens that Janus 0.1.0 read from the pixels of an image.

import SwiftUI

enum Tokens {
    static let colorC1f5fbf = Color(red: 0.121569, green: 0.372549, blue: 0.74902)
    static let colorPrimary = colorC1f5fbf
    static let colorLink = colorPrimary
    static let colorCFfffff = Color(red: 1, green: 1, blue: 1)
    static let colorShade = Color(red: 0, green: 0, blue: 0, opacity: 0.5)
    static let fontSizeS16 = CGFloat(16)
    static let fontSizeS13_5 = CGFloat(13.5)
    static let radiusR4 = CGFloat(4)
    static let radiusR9_5 = CGFloat(9.5)
    static let borderWidthB1 = CGFloat(1)
    static let spacingG8 = CGFloat(8)
    static let fontWeightW700 = Font.Weight.bold
    static let typographyBodyFontFamily = "Some Sans"
    static let typographyBodyFontSize = fontSizeS16
    static let typographyBodyFontWeight = Font.Weight.regular
    static let typographyBodyLetterSpacing = CGFloat(0)
    static let typographyBodyLineHeight = Double(1.5)
    static let typographyCaptionFontFamily = typographyBodyFontFamily
    static let typographyCaptionFontSize = typographyBodyFontSize
    static let typographyCaptionFontWeight = typographyBodyFontWeight
    static let typographyCaptionLetterSpacing = typographyBodyLetterSpacing
    static let typographyCaptionLineHeight = typographyBodyLineHeight
    static let borderBoxColor = colorLink
    static let borderBoxWidth = CGFloat(1)
}
