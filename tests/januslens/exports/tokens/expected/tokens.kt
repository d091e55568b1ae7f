// Design tokens that Janus 0.1.0 read from the pixels of an image.

import androidx.compose.ui.graphics.Color
import androidx.compose.ui.text.font.FontWeight
import androidx.compose.ui.unit.dp
import androidx.compose.ui.unit.sp

object Tokens {
    val colorC1f5fbf = Color(0xFF1F5FBF)
    val colorPrimary = colorC1f5fbf
    val colorLink = colorPrimary
    val colorCFfffff = Color(0xFFFFFFFF)
    val colorShade = Color(0x80000000)
    val fontSizeS16 = 16.sp
    val fontSizeS13_5 = 13.5.sp
    val radiusR4 = 4.dp
    val radiusR9_5 = 9.5.dp
    val borderWidthB1 = 1.dp
    val spacingG8 = 8.dp
    val fontWeightW700 = FontWeight(700)
    val typographyBodyFontFamily = "Some Sans"
    val typographyBodyFontSize = fontSizeS16
    val typographyBodyFontWeight = FontWeight(400)
    val typographyBodyLetterSpacing = 0.sp
    val typographyBodyLineHeight = 1.5f
    val typographyCaptionFontFamily = typographyBodyFontFamily
    val typographyCaptionFontSize = typographyBodyFontSize
    val typographyCaptionFontWeight = typographyBodyFontWeight
    val typographyCaptionLetterSpacing = typographyBodyLetterSpacing
    val typographyCaptionLineHeight = typographyBodyLineHeight
    val borderBoxColor = colorLink
    val borderBoxWidth = 1.dp
}
