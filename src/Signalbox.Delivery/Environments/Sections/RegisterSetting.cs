using Signalbox.Delivery.Register;

namespace Signalbox.Delivery.Environments.Sections;

/// <summary>`register`: where the environment's register is kept.</summary>
internal static class RegisterSetting
{
    public static RegisterStore Read(Setting setting) =>
        setting.Text() is { } text && setting.Reading.Problems.Take(RegisterStore.Parse(setting.Reading.Source, setting.Place, text)) is { } store
            ? store
            : RegisterStore.Default;
}
