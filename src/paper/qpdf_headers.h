#pragma once
// qpdf's headers, for .cpp files of this folder. Two things must be said before them: that only standard pointers are
// used, and, as its header for JSON does not compile with clang in C++20 and later, that nothing here needs that one.
#define POINTERHOLDER_TRANSITION 4
#define JSON_HH
class JSON;

#include <qpdf/Buffer.hh>
#include <qpdf/Pipeline.hh>
#include <qpdf/QPDF.hh>
#include <qpdf/QPDFExc.hh>
#include <qpdf/QPDFPageDocumentHelper.hh>
#include <qpdf/QPDFPageObjectHelper.hh>
#include <qpdf/QPDFWriter.hh>
