// Design tokens that Janus 0.1.0 read from the pixels of an image.

import 'dart:ui' show Color, FontWeight;

abstract final class Tokens {
  static const Color colorC1f5fbf = Color(0xFF1F5FBF);
  static const Color colorPrimary = colorC1f5fbf;
  static const Color colorLink = colorPrimary;
  static const Color colorCFfffff = Color(0xFFFFFFFF);
  static const Color colorShade = Color(0x80000000);
  static const double fontSizeS16 = 16.0;
  static const double fontSizeS13_5 = 13.5;
  static const double radiusR4 = 4.0;
  static const double radiusR9_5 = 9.5;
  static const double borderWidthB1 = 1.0;
  static const double spacingG8 = 8.0;
  static const FontWeight fontWeightW700 = FontWeight.w700;
  static const String typographyBodyFontFamily = "Some Sans";
  static const double typographyBodyFontSize = fontSizeS16;
  static const FontWeight typographyBodyFontWeight = FontWeight.w400;
  static const double typographyBodyLetterSpacing = 0.0;
  static const double typographyBodyLineHeight = 1.5;
  static const String typographyCaptionFontFamily = typographyBodyFontFamily;
  static const double typographyCaptionFontSize = typographyBodyFontSize;
  static const FontWeight typographyCaptionFontWeight = typographyBodyFontWeight;
  static const double typographyCaptionLetterSpacing = typographyBodyLetterSpacing;
  static const double typographyCaptionLineHeight = typographyBodyLineHeight;
  static const Color borderBoxColor = colorLink;
  static const double borderBoxWidth = 1.0;
}
