using System.Buffers.Binary;
using System.Globalization;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Wordprocessing;
using IncidentDesk.Postmortems;
using A = DocumentFormat.OpenXml.Drawing;
using Pic = DocumentFormat.OpenXml.Drawing.Pictures;
using Wp = DocumentFormat.OpenXml.Drawing.Wordprocessing;

namespace IncidentDesk.Web.Postmortems.Documents;

/// <summary>The pictures of a word processor's document: each is stored once, however often it is shown.</summary>
internal sealed class DocxPictures(MainDocumentPart part)
{
    private const long EmuPerPixel = 9_525;
    private const long MostWidth = 6_100_000;
    private const long MostHeight = 8_200_000;

    private readonly Dictionary<string, (string Id, int Width, int Height)?> _stored = new(StringComparer.Ordinal);
    private uint _number;

    /// <summary>Reads a picture into the document.</summary>
    /// <returns>False when it cannot be had.</returns>
    public async Task<bool> StoreAsync(DocumentPicture picture, CancellationToken ct)
    {
        if (_stored.TryGetValue(picture.FileName, out var stored)) return stored is not null;
        // Word processors do not know WebP.
        if (await picture.ReadAsync(ct) is not { } read || (picture.MediaType == "image/webp" ? await PictureCopy.OfAsync(read, ct) : read) is not { } bytes)
        {
            _stored[picture.FileName] = null;
            return false;
        }
        var (width, height) = SizeOf(bytes) ?? (640, 480);
        var image = part.AddImagePart(picture.MediaType switch { "image/jpeg" => ImagePartType.Jpeg, "image/gif" => ImagePartType.Gif, _ => ImagePartType.Png });
        await using (var to = image.GetStream(FileMode.Create)) await to.WriteAsync(bytes, ct);
        _stored[picture.FileName] = (part.GetIdOfPart(image), Math.Max(1, width), Math.Max(1, height));
        return true;
    }

    public bool IsStored(DocumentPicture picture) => _stored.GetValueOrDefault(picture.FileName) is not null;

    /// <summary>A picture that is stored.</summary>
    public Run Show(DocumentPicture picture)
    {
        if (!_stored.TryGetValue(picture.FileName, out var stored) || stored is not var (id, width, height)) return new Run();
        var scale = Math.Min(1.0, Math.Min((double)MostWidth / (width * EmuPerPixel), (double)MostHeight / (height * EmuPerPixel)));
        var (cx, cy) = ((long)(width * EmuPerPixel * scale), (long)(height * EmuPerPixel * scale));
        var name = string.Create(CultureInfo.InvariantCulture, $"Picture {++_number}");
        return new Run(new Drawing(new Wp.Inline(
            new Wp.Extent { Cx = cx, Cy = cy },
            new Wp.DocProperties { Id = _number, Name = name, Description = DocxText.Clean(picture.Alternative) },
            new A.Graphic(new A.GraphicData(new Pic.Picture(
                new Pic.NonVisualPictureProperties(new Pic.NonVisualDrawingProperties { Id = _number, Name = name }, new Pic.NonVisualPictureDrawingProperties()),
                new Pic.BlipFill(new A.Blip { Embed = id }, new A.Stretch(new A.FillRectangle())),
                new Pic.ShapeProperties(new A.Transform2D(new A.Offset { X = 0, Y = 0 }, new A.Extents { Cx = cx, Cy = cy }), new A.PresetGeometry(new A.AdjustValueList()) { Preset = A.ShapeTypeValues.Rectangle })))
            { Uri = "http://schemas.openxmlformats.org/drawingml/2006/picture" }))
        { DistanceFromTop = 0U, DistanceFromBottom = 0U, DistanceFromLeft = 0U, DistanceFromRight = 0U }));
    }

    /// <summary>In pixels; null when the head of the file does not say.</summary>
    internal static (int Width, int Height)? SizeOf(ReadOnlySpan<byte> file)
    {
        if (file.Length >= 24 && file[0] == 0x89 && file[1..].StartsWith("PNG"u8)) return (BinaryPrimitives.ReadInt32BigEndian(file[16..]), BinaryPrimitives.ReadInt32BigEndian(file[20..]));
        if (file.Length >= 10 && file.StartsWith("GIF8"u8)) return (BinaryPrimitives.ReadUInt16LittleEndian(file[6..]), BinaryPrimitives.ReadUInt16LittleEndian(file[8..]));
        if (file.Length < 4 || file[0] != 0xFF || file[1] != 0xD8) return null;
        for (var at = 2; at + 9 < file.Length && file[at] == 0xFF;)
        {
            // The frame's head, of whatever coding: not the tables of Huffman and arithmetic coding.
            if (file[at + 1] is >= 0xC0 and <= 0xCF and not 0xC4 and not 0xC8 and not 0xCC) return (BinaryPrimitives.ReadUInt16BigEndian(file[(at + 7)..]), BinaryPrimitives.ReadUInt16BigEndian(file[(at + 5)..]));
            at += 2 + BinaryPrimitives.ReadUInt16BigEndian(file[(at + 2)..]);
        }
        return null;
    }
}
