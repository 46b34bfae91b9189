using System.Text;
using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.XmlEncryption;

namespace IncidentDesk.Web.Hosting.Keys;

/// <summary>Encrypts the secret part of each new key with the key file.</summary>
internal sealed class KeyEncryptor(KeyFile file) : IXmlEncryptor
{
    public EncryptedXmlInfo Encrypt(XElement plaintextElement) =>
        new(new XElement(KeyDecryptor.Element, Convert.ToBase64String(file.Encrypt(Encoding.UTF8.GetBytes(plaintextElement.ToString(SaveOptions.DisableFormatting))))), typeof(KeyDecryptor));
}

/// <remarks>Stored keys name this type; another name for it makes them unreadable.</remarks>
internal sealed class KeyDecryptor(IServiceProvider services) : IXmlDecryptor
{
    public const string Element = "encryptedWithKeyFile";

    public XElement Decrypt(XElement encryptedElement) =>
        Decrypt(encryptedElement, services.GetService<KeyFile>()) ?? throw new InvalidOperationException("The key file does not fit the stored keys.");

    /// <returns>Null when the file is missing or does not fit.</returns>
    public static XElement? Decrypt(XElement encryptedElement, KeyFile? file) =>
        file?.Decrypt(Convert.FromBase64String(encryptedElement.Value)) is { } text ? XElement.Parse(Encoding.UTF8.GetString(text)) : null;
}
