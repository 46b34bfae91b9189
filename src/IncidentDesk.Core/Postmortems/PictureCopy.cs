using SkiaSharp;

namespace IncidentDesk.Postmortems;

/// <summary>A copy of a picture that holds what is to be seen in it and nothing else: it is painted anew, so that nothing of the file comes along.</summary>
public static class PictureCopy
{
    public const string Jpeg = "image/jpeg";
    public const string Png = "image/png";

    private const int JpegQuality = 90;

    // Four bytes each while it is painted.
    private const long MaxPixels = 20_000_000;

    // A picture takes a hundred times its file while it is painted.
    private static readonly SemaphoreSlim Room = new(1);

    /// <summary>JPEG of a JPEG, PNG of all others; of a moving one its first picture. One at a time.</summary>
    /// <returns>Null for what cannot be read as a picture as a whole, or is larger than the desk paints.</returns>
    public static async Task<byte[]?> OfAsync(byte[] picture, CancellationToken ct)
    {
        await Room.WaitAsync(ct);
        try
        {
            return Of(picture);
        }
        finally
        {
            Room.Release();
        }
    }

    private static byte[]? Of(byte[] picture)
    {
        using var data = SKData.CreateCopy(picture);
        using var codec = SKCodec.Create(data);
        if (codec is null || (long)codec.Info.Width * codec.Info.Height is <= 0 or > MaxPixels) return null;
        var isJpeg = codec.EncodedFormat == SKEncodedImageFormat.Jpeg;
        using var srgb = SKColorSpace.CreateSrgb();
        using var seen = new SKBitmap(new SKImageInfo(codec.Info.Width, codec.Info.Height, SKColorType.Rgba8888, isJpeg ? SKAlphaType.Opaque : SKAlphaType.Premul, srgb));
        if (codec.GetPixels(seen.Info, seen.GetPixels()) != SKCodecResult.Success) return null;
        using var upright = Upright(seen, codec.EncodedOrigin);
        using var image = SKImage.FromBitmap(upright);
        using var copy = image.Encode(isJpeg ? SKEncodedImageFormat.Jpeg : SKEncodedImageFormat.Png, JpegQuality);
        return copy?.ToArray();
    }

    /// <summary>How it was held is in the data that do not come along.</summary>
    private static SKBitmap Upright(SKBitmap seen, SKEncodedOrigin origin)
    {
        var (w, h) = (seen.Width, seen.Height);
        // The matrices of Exif 2.32, orientation 1 to 8.
        var matrix = origin switch
        {
            SKEncodedOrigin.TopRight => new SKMatrix(-1, 0, w, 0, 1, 0, 0, 0, 1),
            SKEncodedOrigin.BottomRight => new SKMatrix(-1, 0, w, 0, -1, h, 0, 0, 1),
            SKEncodedOrigin.BottomLeft => new SKMatrix(1, 0, 0, 0, -1, h, 0, 0, 1),
            SKEncodedOrigin.LeftTop => new SKMatrix(0, 1, 0, 1, 0, 0, 0, 0, 1),
            SKEncodedOrigin.RightTop => new SKMatrix(0, -1, h, 1, 0, 0, 0, 0, 1),
            SKEncodedOrigin.RightBottom => new SKMatrix(0, -1, h, -1, 0, w, 0, 0, 1),
            SKEncodedOrigin.LeftBottom => new SKMatrix(0, 1, 0, -1, 0, w, 0, 0, 1),
            _ => SKMatrix.Identity,
        };
        var isTurned = origin is SKEncodedOrigin.LeftTop or SKEncodedOrigin.RightTop or SKEncodedOrigin.RightBottom or SKEncodedOrigin.LeftBottom;
        var upright = new SKBitmap(seen.Info.WithSize(isTurned ? h : w, isTurned ? w : h));
        using var canvas = new SKCanvas(upright);
        canvas.SetMatrix(matrix);
        canvas.DrawBitmap(seen, 0, 0, SKSamplingOptions.Default);
        canvas.Flush();
        return upright;
    }
}
