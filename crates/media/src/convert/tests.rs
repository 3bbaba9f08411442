//! Without the programs a conversion is refused; with those that this machine has, it is done.

use super::*;

const RATE: u32 = 8_000;

/// Two seconds of a tone.
fn wav() -> Vec<u8> {
    let samples: Vec<u8> =
        (0..2 * RATE).flat_map(|n| (((f64::from(n) * 0.35).sin() * 9_000.0) as i16).to_le_bytes()).collect();
    let mut file = b"RIFF".to_vec();
    file.extend((36 + samples.len() as u32).to_le_bytes());
    file.extend(b"WAVEfmt \x10\0\0\0\x01\0\x01\0");
    file.extend(RATE.to_le_bytes());
    file.extend((RATE * 2).to_le_bytes());
    file.extend(b"\x02\0\x10\0data");
    file.extend((samples.len() as u32).to_le_bytes());
    file.extend(samples);
    file
}

/// A picture of 4 by 4 pixels.
fn bmp() -> Vec<u8> {
    let mut file =
        b"BM\x66\0\0\0\0\0\0\0\x36\0\0\0\x28\0\0\0\x04\0\0\0\x04\0\0\0\x01\0\x18\0\0\0\0\0\x30\0\0\0"
            .to_vec();
    file.extend([0; 16]);
    file.extend((0..48_u8).map(|n| n.wrapping_mul(5)));
    file
}

#[tokio::test]
async fn b16_without_programs_nothing_is_converted() {
    let none = Converters::default();
    assert!(none.conversions().is_empty());
    for (kind, bytes) in [(MediaKind::Voice, wav()), (MediaKind::Image, bmp())] {
        let file = FileType::of(&bytes);
        assert!(!none.can(kind, &file));
        let refused = none.convert(kind, &file, &bytes).await;
        assert!(matches!(refused, Err(ConvertError::NoProgram)), "{refused:?}");
    }
}

#[tokio::test]
async fn b16_what_this_machine_can_convert_becomes_what_whatsapp_takes() {
    let here = Converters::find();
    for (kind, bytes, becomes) in
        [(MediaKind::Voice, wav(), "audio/ogg; codecs=opus"), (MediaKind::Image, bmp(), "image/jpeg")]
    {
        let file = FileType::of(&bytes);
        let converted = here.convert(kind, &file, &bytes).await;
        if here.can(kind, &file) {
            let converted = converted.unwrap();
            assert_eq!(FileType::of(&converted).mimetype, becomes);
            assert!(crate::fit(kind, &FileType::of(&converted), "").is_ok_and(|fit| fit == crate::Fit::AsIs));
        } else {
            assert!(matches!(converted, Err(ConvertError::NoProgram)), "{converted:?}");
        }
    }
}

#[tokio::test]
async fn a_broken_file_is_refused_in_words() {
    let here = Converters::find();
    let mut broken = wav();
    broken.truncate(30);
    let file = FileType::of(&wav());
    let refused = here.convert(MediaKind::Voice, &file, &broken).await.unwrap_err();
    let expected =
        matches!(&refused, ConvertError::Refused { complaint, .. } if !complaint.contains("wahana-media-"));
    assert!(expected || !here.can(MediaKind::Voice, &file), "{refused:?}");
}

#[tokio::test]
async fn a_program_has_limits_and_sees_nothing_of_our_environment() {
    let folder = tempfile::tempdir().unwrap();
    let sh = Path::new("/bin/sh");
    let run = async |script: &str| {
        let arguments = [OsString::from("-c"), OsString::from(script)];
        run(sh, &arguments, folder.path()).await
    };
    run("test -z \"$CARGO_TARGET_DIR$DATABASE_URL\" && test \"$HOME\" = \"$PWD\"").await.unwrap();
    run(&format!("test $(ulimit -v) = {MEMORY_KIB} && test $(ulimit -t) = {CPU_SECONDS}")).await.unwrap();
    let refused = run("echo first >&2; echo \"$PWD/in: bad\" >&2; exit 3").await.unwrap_err();
    assert_eq!(refused.to_string(), "sh cannot convert it: /in: bad");
}
