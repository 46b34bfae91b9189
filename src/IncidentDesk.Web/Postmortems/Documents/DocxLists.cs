using System.Globalization;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Wordprocessing;

namespace IncidentDesk.Web.Postmortems.Documents;

/// <summary>The lists of a word processor's document: each numbered one begins anew.</summary>
internal sealed class DocxLists
{
    private const int Bullets = 1;
    private const int Numbers = 2;

    private readonly Numbering _numbering = new(Kind(Bullets, NumberFormatValues.Bullet, _ => "•"), Kind(Numbers, NumberFormatValues.Decimal, level => string.Create(CultureInfo.InvariantCulture, $"%{level + 1}.")), Instance(1, Bullets));
    private int _last = 1;

    /// <returns>By which its paragraphs name it.</returns>
    public int New(bool isOrdered, int start, int level)
    {
        if (!isOrdered) return 1;
        var instance = Instance(++_last, Numbers);
        instance.AppendChild(new LevelOverride(new StartOverrideNumberingValue { Val = start }) { LevelIndex = level });
        _numbering.AppendChild(instance);
        return _last;
    }

    public void Save(MainDocumentPart part) => part.AddNewPart<NumberingDefinitionsPart>().Numbering = _numbering;

    private static NumberingInstance Instance(int id, int kind) => new(new AbstractNumId { Val = kind }) { NumberID = id };

    private static AbstractNum Kind(int id, NumberFormatValues format, Func<int, string> text)
    {
        var kind = new AbstractNum { AbstractNumberId = id };
        kind.AppendChild(new MultiLevelType { Val = MultiLevelValues.HybridMultilevel });
        for (var level = 0; level <= 8; level++)
        {
            kind.AppendChild(new Level(
                new StartNumberingValue { Val = 1 }, new NumberingFormat { Val = format }, new LevelText { Val = text(level) }, new LevelJustification { Val = LevelJustificationValues.Left },
                new PreviousParagraphProperties(new Indentation { Start = ((level + 1) * 360).ToString(CultureInfo.InvariantCulture), Hanging = "300" }))
            { LevelIndex = level });
        }
        return kind;
    }
}
